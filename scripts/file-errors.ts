/** What the system says of files and disks, in words: which place it is about, and what to do. Libraries pass the system's codes on, each in its own way. */

/** By the system's code: what is the matter with a place, and the remedy. */
const MEANINGS: Readonly<Record<string, (place: string) => string>> = {
  ENOSPC: (place) => `the disk is full (${place}). Free some space there, or give another disk`,
  EDQUOT: (place) => `the space that this account may use is full (${place}). Free some of it, or give another disk`,
  EFBIG: (place) => `a file would be larger than may be written here (${place}). Raise the limit (\`ulimit -f\`), or give another disk`,
  EROFS: (place) => `${place} is on a disk that can only be read. Give a folder that can be written`,
  EACCES: (place) => `this account has no permission for ${place}. Change its permissions, or give another folder`,
  EPERM: (place) => `the system does not allow a change of ${place}. It may be protected: lift that, or give another folder`,
  ENOENT: (place) => `${place} is not there, or no longer. Put it back or leave it out, and let nothing else change the folder meanwhile`,
  ENOTDIR: (place) => `${place} lies below a file where a folder is needed. Move that file away, or give another folder`,
  EEXIST: (place) => `${place} is a file where a folder is needed. Move it away, or give another folder`,
  EISDIR: (place) => `${place} is a folder where a file is needed. Move it away`,
  ENOTEMPTY: (place) => `something else writes into ${place}. Wait until it is done`,
  EBUSY: (place) => `${place} is in use, or another disk is mounted there. Give a folder inside of it`,
  EXDEV: (place) => `${place} is on another disk than the folder beside it. Give a folder inside of it`,
  EMFILE: (place) => `too many files are open (${place}). Raise the limit (\`ulimit -n\`)`,
  ENFILE: (place) => `too many files are open on this machine (${place}). Stop other programs`,
  ENAMETOOLONG: (place) => `the name ${place} is too long for this disk. Give a folder with a shorter name`,
  ELOOP: (place) => `${place} is a link that leads to itself. Take it away`,
  EIO: (place) => `the disk does not read or write ${place}. It may be damaged`,
};

/** As programs that are not Node's say it. */
const NUMBERS: Readonly<Record<string, string>> = { 1: 'EPERM', 2: 'ENOENT', 5: 'EIO', 13: 'EACCES', 24: 'EMFILE', 27: 'EFBIG', 28: 'ENOSPC', 30: 'EROFS', 122: 'EDQUOT' };

/**
 * @param error of this project, of Node or of a library, which may carry the system's error as its cause or in its text
 * @param words.failed what could not be done, without a full stop
 * @param words.place named where the error names none
 * @param words.state how things stand now and what to do next, as sentences
 * @returns an error in two lines at most; the same error where it is not about a file
 */
export function fileErrorInWords(error: unknown, { failed, place, state }: { failed: string; place: string; state: string }): unknown {
  const found = systemError(error);
  return found ? new Error(`${failed}: ${MEANINGS[found.code]!(found.path ?? place)}.\n${state}`, { cause: error }) : error;
}

function systemError(error: unknown): { code: string; path?: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  // Of a link or a renaming it is most often the new name that cannot be had.
  if (code !== undefined && Object.hasOwn(MEANINGS, code)) return { code, path: code === 'ENOENT' ? path : (dest ?? path) };
  const inner = error instanceof AggregateError ? (error.errors as unknown[]).find((each) => systemError(each)) : error.cause;
  return systemError(inner) ?? systemErrorInText(error.message);
}

function systemErrorInText(message: string): { code: string; path?: string } | undefined {
  const said = /\b(E[A-Z]{2,}): [^']*(?:'([^']+)')?/.exec(message);
  if (said && Object.hasOwn(MEANINGS, said[1]!)) return { code: said[1]!, path: said[2] };
  const code = NUMBERS[/\(os error (\d+)\)/.exec(message)?.[1] ?? ''];
  return code === undefined ? undefined : { code };
}
