/** Disks that are full or closed, as far as the account that runs the tests can have them. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const IS_ROOT = process.getuid?.() === 0;

/** Arguments of RunOptions.under: no file may have more than so many blocks of 512 bytes. */
export function smallFiles(blocks: number): string[] {
  return ['sh', '-c', `ulimit -f ${blocks}; exec "$@"`, 'sh'];
}

/** A small disk, where this account may mount one. @param size `40m` */
export async function mountedDisk(t: TestContext, size: string): Promise<string | undefined> {
  const disk = await mkdtemp(join(tmpdir(), 'imr-test-'));
  let isMounted = false;
  // In this order, and both: a folder cannot be removed while a disk is mounted there.
  t.after(async () => {
    if (isMounted) execFileSync('umount', [disk]);
    await rm(disk, { recursive: true });
  });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'ignore' });
    isMounted = true;
  } catch {
    return undefined;
  }
  return disk;
}

/** Leaves so many kB. @returns the file that takes the rest */
export function fill(disk: string, free: number): string {
  const filling = join(disk, 'filling');
  const [size, used] = execFileSync('df', ['--output=size,used', '-k', disk], { encoding: 'utf8' }).trim().split('\n')[1]!.trim().split(/\s+/).map(Number) as [number, number];
  execFileSync('dd', ['if=/dev/zero', `of=${filling}`, 'bs=1k', `count=${size - used - free}`], { stdio: 'ignore' });
  return filling;
}

/** Takes the right to write away until the test is over; of the superuser, who has all, only a disk can. */
export async function close(t: TestContext, folder: string): Promise<void> {
  if (IS_ROOT) {
    execFileSync('mount', ['--bind', folder, folder]);
    t.after(() => execFileSync('umount', [folder]));
    execFileSync('mount', ['-o', 'remount,bind,ro', folder]);
  } else {
    await chmod(folder, 0o555);
    t.after(() => chmod(folder, 0o755));
  }
}
