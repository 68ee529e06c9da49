/** A rendered conversation as what the lens shows: its text in runs, one of them lit, and its tokens as cells. */
import type { RenderedTemplate, TemplateRun } from '../../../main/contract/template-lens.ts';
import { visibleText } from '../../token-view/visible-text.ts';
import type { StageCell } from '../steps/stage-cells.ts';

export type Rendered = Extract<RenderedTemplate, { kind: 'rendered' }>;

/** Cells beyond these are not made: a page of a hundred thousand buttons helps nobody. */
export const mostCells = 2_000;

export function lensCells({ ids, starts, ends, vocabulary, text }: Rendered): StageCell[] {
  const entries = new Map(vocabulary.map((entry) => [entry.id, entry]));
  return ids.slice(0, mostCells).map((id, token) => {
    const entry = entries.get(id);
    const covered = text.slice(starts[token], ends[token]);
    const reads = entry?.kind === 'normal' && covered !== '';
    const tone = entry?.kind === 'special' ? 'control' : entry?.kind === 'byte' ? 'byte' : 'plain';
    return {
      text: visibleText(reads ? covered : (entry?.piece ?? `#${id}`)),
      small: String(id),
      tone,
      atom: null,
      token,
      tokenCount: 1,
      chunk: null,
      endsLine: covered.endsWith('\n') || entry?.piece === '<|eot_id|>',
      why: null,
    };
  });
}

export interface TextSegment {
  readonly text: string;
  readonly origin: TemplateRun['origin'];
  readonly isTyped: boolean;
  readonly isLit: boolean;
}

/** The text cut where its origin changes, where a typed control token begins or ends, and around the lit range. */
export function textSegments(
  { text, runs, typedControlTokens }: Rendered,
  lit: { start: number; end: number } | null,
): TextSegment[] {
  const borders = [...typedControlTokens, ...(lit === null ? [] : [lit])].flatMap(({ start, end }) => [start, end]);
  const isIn = (at: number, ranges: readonly { start: number; end: number }[]) =>
    ranges.some(({ start, end }) => at >= start && at < end);
  return runs.flatMap(({ start, end, origin }) => {
    const inner = borders.filter((border) => border > start && border < end);
    const cuts = [...new Set([start, ...inner, end])].sort((a, b) => a - b);
    return cuts.slice(0, -1).map((from, index) => ({
      text: text.slice(from, cuts[index + 1]),
      origin,
      isTyped: isIn(from, typedControlTokens),
      isLit: lit !== null && isIn(from, [lit]),
    }));
  });
}

/** Line and column of a place, from 1, as the editor counts them. */
export function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
