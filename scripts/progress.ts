/** How far a long command is: a bar on a terminal, a plain line every tenth elsewhere. */
const WIDTH = 30;

/** @param what names the things counted, in the plural @returns to be called with how many are done */
export function showProgress(what: string, out: NodeJS.WriteStream = process.stderr): (done: number, of: number) => void {
  let tenth = -1;
  return (done, of) => {
    if (of === 0) return;
    if (out.isTTY) {
      const filled = Math.floor((WIDTH * done) / of);
      out.write(`\r[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${done} of ${of} ${what}${done === of ? '\n' : ''}`);
      return;
    }
    const reached = Math.floor((10 * done) / of);
    if (reached === tenth) return;
    tenth = reached;
    out.write(`${done} of ${of} ${what}\n`);
  };
}
