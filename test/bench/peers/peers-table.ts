/** The comparison as Markdown: what was measured, ratios, and how near decoding comes to what the memory gives. */
import type { Contestant } from './contestants.ts';
import type { PeersFigures, Stage } from './measure-peers.ts';
import type { Figure } from './rounds.ts';

const ours = 'lucie';

export function peersTable(
  contestants: readonly Contestant[],
  stages: readonly Stage[],
  figures: PeersFigures,
): string {
  const { load, firstTokens, decoding, secondTurn, secondTurnShare, peakMemory, foreign } = figures;
  const prefill = firstTokens.map((figure, index) => {
    const { prompt } = stages[index] as Stage;
    return figure.converted(`prefill of ${prompt} tokens`, 'tokens/s', (ms) => (prompt * 1_000) / ms);
  });
  const rows = [load, ...firstTokens, ...prefill, ...decoding, secondTurn, secondTurnShare, peakMemory, foreign];
  const rivals = contestants.filter(({ name }) => name !== ours);
  const hasOurs = rivals.length < contestants.length;
  const ratios = hasOurs ? rivals : [];
  const head = [
    'What',
    'Unit',
    ...contestants.map(({ title }) => title),
    ...ratios.map(({ title }) => `ratio to ${title}`),
  ];
  return table(
    head,
    rows.map((figure) => [
      figure.what,
      figure.unit,
      ...contestants.map(({ name }) => cell(figure, name)),
      ...ratios.map(({ name }) => (figure === foreign ? '' : number(figure.ratio(ours, name)))),
    ]),
  );
}

/** `bandwidth` in bytes a second. */
export function limitTable(
  contestants: readonly Contestant[],
  stages: readonly Stage[],
  figures: PeersFigures,
  bandwidth: number,
): string {
  const head = ['Decode, share of the limit', ...contestants.map(({ title }) => title)];
  return table(
    head,
    stages.map(({ context }, index) => [
      `at ${context} tokens`,
      ...contestants.map(({ name, weightBytes, cacheBytesPerToken }) => {
        const bytes = weightBytes + context * cacheBytesPerToken;
        const milliseconds = figures.decoding[index]?.median(name) ?? null;
        if (milliseconds === null) return '';
        const limit = (bytes * 1_000) / bandwidth;
        return `${((100 * limit) / milliseconds).toFixed(0)} % (${(bytes / 1e9).toPrecision(3)} GB, ${limit.toPrecision(3)} ms)`;
      }),
    ]),
  );
}

function cell(figure: Figure, name: string): string {
  const median = figure.median(name);
  if (median === null) return '';
  const { minimum, maximum } = figure.range(name);
  return minimum === maximum ? number(median) : `${number(median)} (${number(minimum)}–${number(maximum)})`;
}

function number(value: number | null): string {
  if (value === null) return '';
  return Math.abs(value) >= 1_000 ? value.toFixed(0) : value.toPrecision(3);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
