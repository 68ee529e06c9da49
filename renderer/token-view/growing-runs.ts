/** Runs of tokens that grow at their end: a run that is full keeps its object, so that what shows it is left alone. */
import type { GeneratedToken } from '../../main/contract/tokens.ts';

export interface TokensRun {
  /** Index of the first token. */
  readonly start: number;
  readonly tokens: readonly GeneratedToken[];
}

const LENGTH = 300;

export class GrowingRuns {
  #full: TokensRun[] = [];

  /** Runs of 300 tokens and more: they end where a line ends, at the latest at 600. */
  update(tokens: readonly GeneratedToken[]): readonly TokensRun[] {
    const last = this.#full.at(-1);
    if (
      last !== undefined &&
      (tokens[0] !== this.#full[0]?.tokens[0] || tokens[endOf(last) - 1] !== last.tokens.at(-1))
    )
      this.#full = [];
    let start = endOf(this.#full.at(-1));
    for (let index = start; index < tokens.length; index += 1) {
      const size = index + 1 - start;
      if (size < LENGTH || (size < 2 * LENGTH && tokens[index]?.text.includes('\n') !== true)) continue;
      this.#full.push({ start, tokens: tokens.slice(start, index + 1) });
      start = index + 1;
    }
    return start === tokens.length ? [...this.#full] : [...this.#full, { start, tokens: tokens.slice(start) }];
  }
}

function endOf(run: TokensRun | undefined): number {
  return run === undefined ? 0 : run.start + run.tokens.length;
}
