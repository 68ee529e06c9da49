/** The texts after which the decoder drops a space, ready to be asked for often. */
import type { DecoderRules } from './decoder-rules.ts';

export class Swallowers {
  readonly #single: ReadonlySet<number>;
  readonly #long: readonly string[];
  readonly #longEnds: ReadonlySet<number>;

  constructor({ swallowers }: DecoderRules) {
    this.#single = new Set(swallowers.filter(({ length }) => length === 1).map((one) => one.charCodeAt(0)));
    this.#long = swallowers.filter(({ length }) => length > 1);
    this.#longEnds = new Set(this.#long.map((one) => one.charCodeAt(one.length - 1)));
  }

  /** Whether one of the texts ends in this unit. */
  endsIn(unit: number): 'always' | 'maybe' | 'never' {
    if (this.#single.has(unit)) return 'always';
    return this.#longEnds.has(unit) ? 'maybe' : 'never';
  }

  /** True where one of the longer texts ends `written`. */
  match(written: string): boolean {
    return this.#long.some((one) => written.endsWith(one));
  }
}
