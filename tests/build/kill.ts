/**
 * Loaded into a program before its own code: ends it, with all processes of its group, at one of its changes to the disk, as the system would: no handler runs, nothing
 * is put away. Where, says the environment variable KILL_AT (killAt of ended.ts). A kill after some milliseconds seldom hits the moment between two renames.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { KillPoint } from './ended.ts';

const { call, path, nth = 1, when = 'before' } = JSON.parse(process.env.KILL_AT!) as KillPoint;
const wanted = new RegExp(path);
const { readdirSync, rmSync, writeFileSync } = fs;
let met = 0;

type Call = (...parameters: unknown[]) => unknown;

for (const functions of [fs, fs.promises] as unknown as Record<string, Call>[]) {
  const usual = functions[call];
  if (!usual) continue;
  functions[call] = (...parameters: unknown[]): unknown => {
    // Of a link or a renaming the new name counts.
    const names = parameters.filter((parameter): parameter is string => typeof parameter === 'string').slice(0, /^(?:rename|link)/.test(call) ? 2 : 1);
    const isHere = wanted.test(String(names.at(-1)).replaceAll('\\', '/')) && (met += 1) === nth;
    if (!isHere) return usual.apply(functions, parameters);
    if (when === 'half') half(names.at(-1)!, parameters[1]);
    if (when !== 'after') end();
    const result = usual.apply(functions, parameters);
    return result instanceof Promise ? result.finally(end) : end();
  };
}
syncBuiltinESMExports();

/** As if the kill came in the middle of writing a file, or of removing a folder. */
function half(path: string, data: unknown): void {
  if (call.startsWith('rm')) {
    const names = readdirSync(path);
    for (const name of names.slice(0, names.length / 2)) rmSync(join(path, name), { recursive: true });
  } else {
    const bytes = Buffer.from(data as string);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
  }
}

/** The group is this program's own, and all that it has started. */
function end(): void {
  process.kill(0, 'SIGKILL');
}
