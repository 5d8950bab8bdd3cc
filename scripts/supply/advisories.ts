/** Known security advisories about the locked packages, as npm's registry has them. */
import { z } from 'astro/zod';
import type { Allowed } from './allowed.ts';
import type { Checked } from './checked.ts';
import { runNpm } from './npm.ts';

export interface Advisory {
  /** GHSA-xxxx-xxxx-xxxx, or npm's own number where there is none. */
  id: string;
  package: string;
  severity: 'info' | 'low' | 'moderate' | 'high' | 'critical';
  title: string;
  /** The versions that are concerned. */
  range: string;
}
/** A registry need not have advisories: mirrors of npm's often do not. */
export type Answer = { advisories: Advisory[] } | { unavailable: string };

/** What `npm audit --json` prints. A package that is concerned only through another names that one, as a string. */
const auditSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({ source: z.number(), name: z.string(), title: z.string(), url: z.string().default(''), severity: z.enum(['info', 'low', 'moderate', 'high', 'critical']), range: z.string() }),
        ]),
      ),
    }),
  ),
});
/** What it prints instead when it has no answer. */
const refusalSchema = z.object({ message: z.string().optional(), statusCode: z.number().optional(), error: z.object({ code: z.string().nullish() }).optional() });

/** @param printed by `npm audit --json` @returns each advisory once, sorted; never the registry's address, which may be private */
export function readAudit(printed: string): Answer {
  let json: unknown;
  try {
    json = JSON.parse(printed);
  } catch {
    return { unavailable: 'npm printed no answer' };
  }
  const { data: audit } = auditSchema.safeParse(json);
  if (!audit) {
    const { data: refusal } = refusalSchema.safeParse(json);
    return { unavailable: refusal?.statusCode ? `the registry answers ${refusal.statusCode}` : refusal?.error?.code ? `no answer, ${refusal.error.code}` : 'npm’s answer is of an unknown form' };
  }
  const found = new Map<string, Advisory>();
  for (const { via } of Object.values(audit.vulnerabilities)) {
    for (const one of via) {
      if (typeof one === 'string') continue;
      const id = /GHSA(?:-\w{4}){3}/.exec(one.url)?.[0] ?? String(one.source);
      found.set(`${one.name} ${id}`, { id, package: one.name, severity: one.severity, title: one.title, range: one.range });
    }
  }
  return { advisories: [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, advisory]) => advisory) };
}

/** Asks the registry that npm is set up with. @param folder has package.json and package-lock.json; nothing needs to be installed */
export async function askRegistry(folder: string): Promise<Answer> {
  // It fails both where something was found and where there is no answer; what it prints tells the two apart.
  const { printed } = await runNpm(folder, 'audit', '--json', '--package-lock-only', '--include=dev', '--include=optional', '--fetch-retries=1', '--fetch-timeout=20000');
  return readAudit(printed);
}

/**
 * High and critical advisories are problems, others notes.
 * @param options.today as `2026-01-31`: an exception holds up to its last day
 * @param options.required whether no answer is a problem too
 */
export function checkAdvisories(answer: Answer, { advisories: exceptions }: Pick<Allowed, 'advisories'>, { today, required }: { today: string; required: boolean }): Checked {
  if ('unavailable' in answer) {
    const says = `advisories: not checked, this machine’s registry has none (${answer.unavailable}). GitHub’s machines ask the public one`;
    return { says, problems: required ? [`Advisories could not be had: ${answer.unavailable}. Run this again, on a machine whose npm uses the public registry.`] : [] };
  }
  const problems: string[] = [];
  const notes: string[] = [];
  for (const { id, package: name, severity, title, range } of answer.advisories) {
    const words = `${name} ${range}: ${title} (${severity}, ${id})`;
    const exception = exceptions.find((one) => one.id === id && one.package === name);
    if (severity !== 'high' && severity !== 'critical') notes.push(`${words}. Update it when there is a version without.`);
    else if (!exception) problems.push(`${words}. Update it, or say in scripts/supply/allowed.yaml, advisories, why it does not concern this project.`);
    else if (exception.until < today) problems.push(`${words}. The exception in scripts/supply/allowed.yaml ended on ${exception.until}: look again.`);
    else notes.push(`${words}. Excepted until ${exception.until}: ${exception.reason}`);
  }
  for (const { id, package: name } of exceptions) {
    if (!answer.advisories.some((one) => one.id === id && one.package === name)) problems.push(`scripts/supply/allowed.yaml, advisories: ${id} about ${name} needs no exception any more. Remove it.`);
  }
  const grave = answer.advisories.filter(({ severity }) => severity === 'high' || severity === 'critical').length;
  return { says: `advisories: ${grave} high or critical, ${answer.advisories.length - grave} of less weight`, problems, notes };
}
