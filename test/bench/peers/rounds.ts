/**
 * Figures of several contestants, taken in turns (A B C A B C), so that what else the machine does meets them all. A ratio is the
 * median of the ratios within the rounds, not the ratio of the medians.
 */
export class Figure {
  readonly what: string;
  readonly unit: string;
  readonly #values = new Map<string, number[]>();

  constructor(what: string, unit: string) {
    this.what = what;
    this.unit = unit;
  }

  add(contestant: string, value: number): void {
    const values = this.#values.get(contestant);
    if (values === undefined) this.#values.set(contestant, [value]);
    else values.push(value);
  }

  /** `null` where nothing was measured. */
  median(contestant: string): number | null {
    return medianOf(this.#values.get(contestant) ?? []);
  }

  range(contestant: string): { readonly minimum: number; readonly maximum: number } {
    const values = this.#values.get(contestant) ?? [];
    return { minimum: Math.min(...values), maximum: Math.max(...values) };
  }

  /** Of `contestant` over `other`. */
  ratio(contestant: string, other: string): number | null {
    const others = this.#values.get(other) ?? [];
    const ratios = (this.#values.get(contestant) ?? []).flatMap((value, round) => {
      const beside = others[round];
      return beside === undefined ? [] : [value / beside];
    });
    return medianOf(ratios);
  }

  /** The same rounds in another unit. */
  converted(what: string, unit: string, convert: (value: number) => number): Figure {
    const figure = new Figure(what, unit);
    for (const [name, values] of this.#values) figure.#values.set(name, values.map(convert));
    return figure;
  }
}

/** The mean of the middle two where their number is even. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
