/** How many tokens surprised the model by how much, as bars that a terminal can show: a bin for each bit. */

/** Anything above shares the last bin. */
const highestBin = 20;
const narrowestBar = 10;

export class SurprisalHistogram {
  readonly #counts: number[] = [];
  #total = 0;

  /** A surprisal of 3.2 bits is one of the bin from 3 up to 4. */
  add(bits: number): void {
    const bin = Math.min(highestBin, Math.max(0, Math.floor(bits)));
    for (let index = this.#counts.length; index <= bin; index++) this.#counts.push(0);
    this.#counts[bin] = (this.#counts[bin] as number) + 1;
    this.#total++;
  }

  /** A heading and a line for each bin up to the last that has something: bits, tokens, their share, a bar. None without tokens. */
  lines(width: number): string[] {
    if (this.#total === 0) return [];
    const most = Math.max(...this.#counts);
    const countWidth = Math.max('tokens'.length, String(most).length);
    const heading = `${'bits'.padStart(5)}  ${'tokens'.padStart(countWidth)}  ${'share'.padStart(6)}`;
    const barWidth = Math.max(narrowestBar, width - heading.length - 2);
    const lines = this.#counts.map((count, bin) => {
      const range = bin === highestBin ? `${bin}+` : `${bin}-${bin + 1}`;
      const share = `${((100 * count) / this.#total).toFixed(1)}%`;
      // What is there is seen, however little it is.
      const bar = '█'.repeat(count === 0 ? 0 : Math.max(1, Math.round((barWidth * count) / most)));
      return `${range.padStart(5)}  ${String(count).padStart(countWidth)}  ${share.padStart(6)}  ${bar}`.trimEnd();
    });
    return [heading, ...lines];
  }
}
