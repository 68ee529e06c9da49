/** Repeats a measurement and keeps the median: single timings on a shared machine say little. */
import { performance } from 'node:perf_hooks';

export interface Row {
  what: string;
  median: number;
  minimum: number;
  maximum: number;
  unit: string;
}

export function summarise(what: string, unit: string, values: readonly number[]): Row {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (fraction: number) => sorted[Math.round((sorted.length - 1) * fraction)] ?? Number.NaN;
  return { what, unit, median: at(0.5), minimum: at(0), maximum: at(1) };
}

/** Milliseconds of each of `times` runs, after one that is not counted. */
export async function timed(times: number, body: () => unknown): Promise<number[]> {
  await body();
  const values: number[] = [];
  for (let index = 0; index < times; index++) {
    const begun = performance.now();
    await body();
    values.push(performance.now() - begun);
  }
  return values;
}

export function markdownTable(rows: readonly Row[]): string {
  const format = (value: number) => value.toPrecision(3).replace(/e\+\d+$/, (match) => match);
  const lines = rows.map(({ what, unit, median, minimum, maximum }) => {
    return `| ${what} | ${format(median)} | ${format(minimum)} | ${format(maximum)} | ${unit} |`;
  });
  return ['| What | Median | Minimum | Maximum | Unit |', '|---|---:|---:|---:|---|', ...lines].join('\n');
}
