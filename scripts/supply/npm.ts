/** Runs npm. */
import { spawn } from 'node:child_process';

/** Below `npm run` the same npm answers, on any system; else the one on the path. @returns how it ended, what it printed and what it said of errors */
export function runNpm(folder: string, ...args: string[]): Promise<{ ok: boolean; printed: string; said: string }> {
  const npm = process.env.npm_execpath;
  // `npm run --silent` hands its silence on in this variable, and a failure would say nothing.
  const env = { ...process.env, npm_config_loglevel: 'notice' };
  const child = npm ? spawn(process.execPath, [npm, ...args], { cwd: folder, env }) : spawn('npm', args, { cwd: folder, env, shell: process.platform === 'win32' });
  let printed = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((done, fail) => {
    child.once('error', (error) => fail(new Error(`npm cannot be started: ${error.message}`)));
    child.once('close', (code) => done({ ok: code === 0, printed, said }));
  });
}
