/** The surprisal of a long text in as many columns as there are pixels: of each the mean, which a chart of a whole text can show. */
import type { TokenScore } from './colouring.ts';
import { bits } from './colouring.ts';

/** Bits; `null` for a column in which nothing is scored. Column i holds tokens from i * count / columns on. */
export function surprisalColumns(
  count: number,
  columns: number,
  scoreOf: (index: number) => TokenScore | null,
): (number | null)[] {
  const width = Math.min(columns, count);
  return Array.from({ length: width }, (_, column) => {
    const first = Math.floor((column * count) / width);
    const last = Math.floor(((column + 1) * count) / width);
    let [nats, scored] = [0, 0];
    for (let index = first; index < last; index++) {
      const score = scoreOf(index);
      if (score === null) continue;
      nats -= score.logProbability;
      scored += 1;
    }
    return scored === 0 ? null : bits(nats / scored);
  });
}
