/** Round numbers for an axis from 0. */

export interface Scale {
  readonly end: number;
  readonly ticks: readonly number[];
}

/** Up to seven ticks, the last one at or above `largest`. */
export function niceScale(largest: number): Scale {
  if (!(largest > 0)) return { end: 1, ticks: [0, 1] };
  const rough = largest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? 10 * power;
  const count = Math.ceil(largest / step - 1e-9);
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
  return { end: ticks.at(-1) ?? largest, ticks };
}
