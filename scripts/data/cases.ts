/** The record of a case as JSON, beside its page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Determination } from '../../src/determinations/record.ts';
import { caseJsonPath, casePath } from '../../src/urls.ts';
import { keyOf } from '../site/kept.ts';
import type { Kept } from '../site/kept.ts';

/** Changes when a reader of the files must change. */
const FORMAT = 'imr-case/1';

/**
 * @param outFolder where the site's home would be
 * @param address of a page of the site
 * @param last what the last site has, and the hash of the determination as it was parsed
 */
export function writeCaseJson(record: Determination, outFolder: string, address: (path: string) => string, { kept, hash }: { kept?: Kept; hash?: string } = {}): void {
  const name = caseJsonPath(record.id);
  const path = join(outFolder, name);
  if (kept && hash !== undefined) {
    const key = keyOf(FORMAT, address(''), name, hash);
    const taken = kept.take(key, path);
    kept.note(key, name);
    if (taken) return;
  }
  // One after the other and without a promise each: for small files that is several times faster.
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, caseJson(record, address));
}

/** The whole record with its texts; `decisions` in the order of the letter. */
function caseJson(record: Determination, address: (path: string) => string): string {
  return `${JSON.stringify({ format: FORMAT, address: address(casePath(record.id)), ...record }, null, 2)}\n`;
}
