/** How figures are printed. */

/** Prints seconds. */
export function figure(what: string, seconds: number): void {
  console.log(`${what}: ${seconds.toFixed(1)} s`);
}

/** Runs it and gives the seconds that it took. */
export async function seconds(work: () => Promise<unknown> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Median, 95th percentile (the smallest value that 95 % do not exceed) and the greatest, of milliseconds. */
export function spread(milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): string => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!.toFixed(0);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, at most ${at(1)} ms`;
}
