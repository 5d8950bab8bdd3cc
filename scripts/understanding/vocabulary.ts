/**
 * The one reader of `content/vocabulary/`: terms edited by hand, one YAML file per kind.
 * The vocabulary is always the project's own, whatever content folder a command works on, so it is found relative to this module.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const FOLDER = join(import.meta.dirname, '..', '..', 'content', 'vocabulary');

const cache = new Map<string, unknown>();

/**
 * Reads `content/vocabulary/<name>.yaml` once per process.
 *
 * `T` is what the caller takes the file to hold. It is not checked here: the data tests under `tests/unit/` check each file's
 * shape, so that a wrong file fails before it is used. The value is shared by all callers: do not change it.
 * Throws an `Error` that names the file when the file is missing or is no YAML.
 */
export function readVocabulary<T>(name: string): T {
  const known = cache.get(name);
  if (known !== undefined) return known as T;
  const file = join(FOLDER, `${name}.yaml`);
  try {

    const value: unknown = load(readFileSync(file, 'utf8'));
    cache.set(name, value);
    return value as T;
  } catch (cause) {
    throw new Error(`Cannot read the vocabulary file ${file}`, { cause });
  }
}
