/** Long lists of tokens in runs, so that only what is near the window has to exist in the document. */
export interface TokenRun {
  /** Index of the first token, and of the one after the last. */
  readonly start: number;
  readonly end: number;
}

/**
 * Runs that cover 0 to `count`, of at least `length` tokens each but the last. They end where a line ends, so that a run in
 * a block of its own does not break a line; a line that is too long is cut at twice the length.
 */
export function lineRuns(count: number, length: number, endsLine: (index: number) => boolean): TokenRun[] {
  const runs: TokenRun[] = [];
  let start = 0;
  for (let index = 0; index < count; index += 1) {
    const size = index + 1 - start;
    const isFull = size >= 2 * length || (size >= length && endsLine(index));
    if (!isFull && index + 1 < count) continue;
    runs.push({ start, end: index + 1 });
    start = index + 1;
  }
  return runs;
}

/** The run that holds token `index`, by bisection; -1 where none does. */
export function runOf(runs: readonly TokenRun[], index: number): number {
  let [low, high] = [0, runs.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run === undefined) return -1;
    if (index < run.start) high = middle - 1;
    else if (index >= run.end) low = middle + 1;
    else return middle;
  }
  return -1;
}
