/** What each stage of the strip shows: cells that name the tokens they belong to, so that counterparts light up together. */
import type { AlterationReason } from '../../../main/contract/tokenisation.ts';
import type { Explanation, NormalisationReason, TextAtom } from '../../../main/contract/pipeline.ts';
import { visibleText } from '../../token-view/visible-text.ts';

export type CellTone = 'plain' | 'changed' | 'inserted' | 'deleted' | 'lost' | 'control' | 'byte';

export interface StageCell {
  readonly text: string;
  /** Small, under the text: an id. */
  readonly small: string | null;
  readonly tone: CellTone;
  /** Index of the atom, where the cell is one. */
  readonly atom: number | null;
  readonly token: number;
  readonly tokenCount: number;
  readonly chunk: number | null;
  readonly endsLine: boolean;
  readonly why: NormalisationReason | AlterationReason | null;
}

export interface Lit {
  readonly atom: number | null;
  readonly token: number;
  readonly tokenCount: number;
}

/** Cells of the same tokens light up together; what belongs to no token, with itself only. */
export function isLit(cell: Lit, lit: Lit | null): boolean {
  if (lit === null) return false;
  if (cell.tokenCount === 0 || lit.tokenCount === 0) return cell.atom !== null && cell.atom === lit.atom;
  return cell.token < lit.token + lit.tokenCount && lit.token < cell.token + cell.tokenCount;
}

type Shown = Pick<StageCell, 'text' | 'tone' | 'why'> & { endsLine: boolean };

function cellsOfAtoms(explanation: Explanation, show: (atom: TextAtom) => Shown | null): StageCell[] {
  return explanation.atoms.flatMap((atom, index) => {
    const shown = show(atom);
    const { token, tokenCount, chunk } = atom;
    return shown === null ? [] : [{ ...shown, small: null, atom: index, token, tokenCount, chunk }];
  });
}

const toneOf = (atom: TextAtom, tone: CellTone): CellTone => (atom.change === 'control' ? 'control' : tone);

/** What was typed; what does not come back as it was is marked. */
export function rawCells(explanation: Explanation, text: string): StageCell[] {
  return cellsOfAtoms(explanation, (atom) => {
    const raw = text.slice(atom.start, atom.end);
    if (raw === '') return null;
    const tone = toneOf(atom, atom.loss === null ? 'plain' : 'lost');
    return { text: visibleText(raw), tone, why: atom.loss, endsLine: raw.endsWith('\n') };
  });
}

/** `null` where it is not known which part became what. */
export function normalisedCells(explanation: Explanation, text: string): StageCell[] | null {
  if (explanation.atoms.some(({ normalised }) => normalised === null)) return null;
  return cellsOfAtoms(explanation, (atom) => {
    const isDeleted = atom.change === 'deleted';
    const written = isDeleted ? text.slice(atom.start, atom.end) : (atom.normalised ?? '');
    const isPlain = atom.change === 'same' || atom.reason === 'space-sign';
    const tone = isDeleted ? 'deleted' : atom.change === 'inserted' ? 'inserted' : isPlain ? 'plain' : 'changed';
    if (written === '') return null;
    return {
      text: visibleText(written),
      tone: toneOf(atom, tone),
      why: atom.reason,
      endsLine: written.endsWith('\n'),
    };
  });
}

/** `null` where the library does not tell. */
export function chunkCells(explanation: Explanation): StageCell[] | null {
  if (explanation.chunks === null) return null;
  const pieces = pieceTexts(explanation);
  const written = new Map<number, string>();
  let isKnown = true;
  for (const { chunk, normalised, change } of explanation.atoms) {
    if (normalised === null) isKnown = false;
    if (chunk !== null && change !== 'deleted') written.set(chunk, `${written.get(chunk) ?? ''}${normalised ?? ''}`);
  }
  return explanation.chunks.map(({ token, tokenCount, isControl }, chunk) => {
    const joined = pieces.slice(token, token + tokenCount).join('');
    const text = visibleText(isKnown ? (written.get(chunk) ?? joined) : joined);
    const tone = isControl ? 'control' : 'plain';
    return { text, small: null, tone, atom: null, token, tokenCount, chunk, endsLine: text.endsWith('↵'), why: null };
  });
}

export function idCells(explanation: Explanation): StageCell[] {
  const kinds = new Map(explanation.vocabulary.map(({ id, kind }) => [id, kind]));
  const pieces = pieceTexts(explanation);
  const chunkOf = new Map<number, number>();
  for (const [index, { token, tokenCount }] of (explanation.chunks ?? []).entries()) {
    for (let i = token; i < token + tokenCount; i++) chunkOf.set(i, index);
  }
  return explanation.ids.map((id, token) => {
    const kind = kinds.get(id);
    const tone = kind === 'special' ? 'control' : kind === 'byte' ? 'byte' : 'plain';
    const text = visibleText(pieces[token] ?? '');
    const chunk = chunkOf.get(token) ?? null;
    return { text, small: String(id), tone, atom: null, token, tokenCount: 1, chunk, endsLine: false, why: null };
  });
}

/** `null` where it is not known what came back of which part. */
export function decodedCells(explanation: Explanation, text: string): StageCell[] | null {
  if (explanation.atoms.some(({ decoded }) => decoded === null)) return null;
  return cellsOfAtoms(explanation, (atom) => {
    const raw = text.slice(atom.start, atom.end);
    const decoded = atom.decoded ?? '';
    const isGone = decoded === '' && raw !== '';
    if (decoded === '' && raw === '') return null;
    const tone = isGone ? 'deleted' : atom.loss === null ? 'plain' : 'lost';
    return {
      text: visibleText(isGone ? raw : decoded),
      tone: toneOf(atom, tone),
      why: atom.loss,
      endsLine: decoded.endsWith('\n'),
    };
  });
}

/** The first chunk of more than two characters of the text: one with something to merge. `null` where there are no chunks. */
export function firstChunkToShow({ atoms, chunks }: Explanation): number | null {
  const lengths = new Map<number, number>();
  for (const { chunk, start, end } of atoms) {
    if (chunk !== null) lengths.set(chunk, (lengths.get(chunk) ?? 0) + end - start);
  }
  const first = (chunks ?? []).findIndex(({ isControl }, index) => !isControl && (lengths.get(index) ?? 0) > 2);
  if (first !== -1) return first;
  return chunks === null || chunks.length === 0 ? null : 0;
}

function pieceTexts({ ids, vocabulary }: Explanation): string[] {
  const pieces = new Map(vocabulary.map(({ id, piece }) => [id, piece]));
  return ids.map((id) => pieces.get(id) ?? `#${id}`);
}

/** How often each reason occurs, most frequent first. */
export function reasonCounts<Reason extends string>(reasons: readonly (Reason | null)[]): [Reason, number][] {
  const counts = new Map<Reason, number>();
  for (const reason of reasons) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
