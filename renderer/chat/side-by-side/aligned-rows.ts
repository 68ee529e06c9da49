/**
 * Answers in rows: what follows the end of a sentence or a line that all of them share begins a new row, so that passages which
 * correspond to each other stand beside each other. Within a row each answer is told in runs: the same as the reference, or not.
 */
import { firstDivergence, type Divergence } from '../../../main/contract/first-divergence.ts';
import { alignSequences, type AlignedBlock } from './align-sequences.ts';
import { unitsOf, type AnswerText, type Units } from './answer-units.ts';

export interface Run {
  text: string;
  /** `absent`: the reference has something here that this answer lacks; its text is `missing`, its own is empty. */
  kind: 'same' | 'other' | 'absent';
  missing: string;
  /** The answer parts from the reference here (in the reference: the others part from it). */
  isDivergence: boolean;
}

export interface Alignment {
  /** `rows[row][column]`: a row has one cell for each answer. */
  rows: Run[][][];
  /** Of each answer from the reference; `null` for the reference itself and for what equals it. */
  divergences: (Divergence | null)[];
  /** Of the units of both that are the same in both, between 0 and 1; `null` for the reference. */
  similarity: (number | null)[];
}

/** A stretch of one answer; stretches follow each other without gaps. */
interface Stretch {
  start: number;
  end: number;
  kind: Run['kind'];
  missing: string;
}

const rowEnd = /(?:\n|[.!?…][»"”)\]]?)$/u;

export function alignAnswers(answers: readonly AnswerText[], reference: number): Alignment {
  const base = answers[reference];
  if (base === undefined) return { rows: [], divergences: [], similarity: [] };
  const columns = answers.map((answer) => (answer === base ? null : compare(base, answer)));
  const divergences = answers.map((answer) => (answer === base ? null : firstDivergence(base, answer)));
  const stretches = columns.map((column) => column?.stretches ?? referenceStretches(base, columns));
  const cuts = sharedCuts(base, columns);
  const marks = divergences.map((divergence, column) =>
    column === reference ? earliest(divergences) : (divergence?.right.offset ?? null),
  );
  const rows = cuts.slice(1).map((cut, row) =>
    answers.map((_, column) => {
      const [start, end] = [cuts[row]?.[column] ?? 0, cut[column] ?? 0];
      const isLast = row === cuts.length - 2;
      return runsWithin(
        answers[column]?.text ?? '',
        stretches[column] ?? [],
        start,
        end,
        marks[column] ?? null,
        isLast,
      );
    }),
  );
  return { rows, divergences, similarity: columns.map((column) => column?.similarity ?? null) };
}

interface ComparedColumn {
  stretches: Stretch[];
  /** Stretches of the reference that this answer does not have. */
  referenceStretches: Stretch[];
  /** Where a unit that both share ends: offset in the reference, offset in the answer. */
  sharedEnds: Map<number, number>;
  similarity: number;
}

function compare(base: AnswerText, answer: AnswerText): ComparedColumn {
  const { left, right } = unitsOf(base, answer);
  const blocks = alignSequences(left.keys, right.keys);
  const sharedEnds = new Map<number, number>([[0, 0]]);
  let shared = 0;
  for (const { isSame, leftStart, leftEnd, rightStart } of blocks) {
    if (!isSame) continue;
    shared += leftEnd - leftStart;
    for (let at = leftStart; at < leftEnd; at++)
      sharedEnds.set(left.ends[at] ?? 0, right.ends[rightStart + at - leftStart] ?? 0);
  }
  const units = left.keys.length + right.keys.length;
  return {
    stretches: stretchesOf(blocks, right, left, base.text, 'right'),
    referenceStretches: stretchesOf(blocks, left, right, answer.text, 'left'),
    sharedEnds,
    similarity: units === 0 ? 1 : (2 * shared) / units,
  };
}

/** `own` and `other` are the units of this side and of the one that it is compared with. */
function stretchesOf(
  blocks: readonly AlignedBlock[],
  own: Units,
  other: Units,
  otherText: string,
  side: 'left' | 'right',
): Stretch[] {
  const offset = ({ ends }: Units, index: number) => (index === 0 ? 0 : (ends[index - 1] ?? 0));
  return blocks.map((block) => {
    const left = [block.leftStart, block.leftEnd] as const;
    const right = [block.rightStart, block.rightEnd] as const;
    const [mine, theirs] = side === 'left' ? [left, right] : [right, left];
    const [start, end] = [offset(own, mine[0]), offset(own, mine[1])];
    const missing = otherText.slice(offset(other, theirs[0]), offset(other, theirs[1]));
    const kind = block.isSame ? 'same' : start === end ? 'absent' : 'other';
    return { start, end, kind, missing: kind === 'absent' ? missing : '' };
  });
}

/** Beside one other answer the reference is marked too; beside several it is the measure, and plain. */
function referenceStretches(base: AnswerText, columns: readonly (ComparedColumn | null)[]): Stretch[] {
  const others = columns.filter((column) => column !== null);
  const [only] = others;
  if (others.length === 1 && only !== undefined) return only.referenceStretches;
  return [{ start: 0, end: base.text.length, kind: 'same', missing: '' }];
}

/** Offsets in all answers where a row begins; the first is where all begin, the last where all end. */
function sharedCuts(base: AnswerText, columns: readonly (ComparedColumn | null)[]): number[][] {
  const cuts: number[][] = [columns.map(() => 0)];
  const others = columns.filter((column) => column !== null);
  const ends = [...(others[0]?.sharedEnds.keys() ?? [])].filter((end) => end > 0).sort((a, b) => a - b);
  for (const end of ends) {
    if (end >= base.text.length || !rowEnd.test(base.text.slice(Math.max(0, end - 3), end))) continue;
    if (!others.every(({ sharedEnds }) => sharedEnds.has(end))) continue;
    cuts.push(columns.map((column) => column?.sharedEnds.get(end) ?? end));
  }
  cuts.push(columns.map((column) => (column === null ? base.text.length : Number.POSITIVE_INFINITY)));
  return cuts;
}

/** The stretches of an answer between two offsets, cut once more where it diverges. */
function runsWithin(
  text: string,
  stretches: readonly Stretch[],
  start: number,
  end: number,
  divergence: number | null,
  isLast: boolean,
): Run[] {
  const runs: Run[] = [];
  const add = (from: number, to: number, kind: Run['kind'], missing: string) => {
    runs.push({ text: text.slice(from, to), kind, missing, isDivergence: from === divergence && to > from });
  };
  for (const stretch of stretches) {
    if (stretch.kind === 'absent') {
      const isHere = stretch.start >= start && (stretch.start < end || isLast);
      if (isHere && stretch.missing !== '') add(stretch.start, stretch.start, 'absent', stretch.missing);
      continue;
    }
    const [from, to] = [Math.max(start, stretch.start), Math.min(end, stretch.end)];
    if (from >= to) continue;
    const cut = divergence !== null && divergence > from && divergence < to ? divergence : null;
    if (cut === null) add(from, to, stretch.kind, '');
    else {
      add(from, cut, stretch.kind, '');
      add(cut, to, stretch.kind, '');
    }
  }
  // An answer that ends where the others go on has its mark at its end.
  const endsHere = isLast && divergence !== null && divergence >= text.length;
  if (endsHere && !runs.some(({ isDivergence }) => isDivergence)) {
    const last = runs.at(-1);
    if (last?.kind === 'absent') last.isDivergence = true;
    else runs.push({ text: '', kind: 'absent', missing: '', isDivergence: true });
  }
  return runs;
}

function earliest(divergences: readonly (Divergence | null)[]): number | null {
  const offsets = divergences.flatMap((divergence) => (divergence === null ? [] : [divergence.left.offset]));
  return offsets.length === 0 ? null : Math.min(...offsets);
}
