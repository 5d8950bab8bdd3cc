/** What is allowed by name: scripts/supply/allowed.yaml, which is edited by hand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { load } from 'js-yaml';

const names = z.array(z.string().min(1)).min(1);
const reason = z.string().min(20);

const allowedSchema = z.strictObject({
  /** SPDX identifiers. */
  licences: names,
  /** An entry is for exactly this SPDX expression. */
  otherLicences: z.array(z.strictObject({ licence: z.string(), packages: names, reason })),
  unnamedLicences: z.array(z.strictObject({ licence: z.string(), packages: names, reason })),
  published: z.strictObject({ licences: names, packages: names, addedByBuild: names }),
  withoutIntegrity: z.array(z.strictObject({ version: z.string(), packages: names, reason })),
  installScripts: z.array(z.strictObject({ package: z.string(), reason })),
  /** `until` is the last day on which an exception holds. */
  advisories: z.array(z.strictObject({ id: z.string(), package: z.string(), until: z.iso.date(), reason })),
});
export type Allowed = z.infer<typeof allowedSchema>;

/** @throws Error in words where the file is not of its form */
export async function readAllowed(): Promise<Allowed> {
  const { data, error } = allowedSchema.safeParse(load(await readFile(join(import.meta.dirname, 'allowed.yaml'), 'utf8')));
  if (!data) throw new Error(`scripts/supply/allowed.yaml is not of its form:\n${z.prettifyError(error)}`);
  return data;
}

/** @param pattern a package's name, or its beginning and a * */
export function covers(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
