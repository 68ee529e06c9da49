/** A normalised part of a text as atoms: each says which units of the text it stands for, what became of them, and why. */
import type { NormalisationReason, TextAtom } from '../../contract/pipeline.ts';
import type { NormalisedPart } from '../fast/index.ts';

/** Where the atoms belong that are written next. */
export interface AtomPlace {
  chunk: number;
  token: number;
  tokenCount: number;
}

const metaspace = '▁';

export class AtomWriter {
  readonly atoms: TextAtom[] = [];
  readonly #text: string;
  /** The text up to here is in an atom. */
  #covered = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The units of `part` from `begin` to `end`, all of them of the tokens at `place`. */
  writeUnits(part: NormalisedPart, begin: number, end: number, place: AtomPlace): void {
    for (let i = begin; i < end;) {
      const size = (part.normalised.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
      const normalised = part.normalised.slice(i, i + size);
      const from = part.from[i] ?? 0;
      const to = part.to[i + size - 1] ?? from;
      this.writeDeleted(from, place.token);
      const source = this.#text.slice(from, to);
      const reason = reasonOf(source, normalised, i === 0);
      const change =
        source === normalised ? 'same' : source === '' && normalised === metaspace ? 'inserted' : 'changed';
      this.#write({ start: from, end: to, normalised, change, reason, ...place });
      this.#covered = Math.max(this.#covered, to);
      i += size;
    }
  }

  writeControl(start: number, end: number, place: AtomPlace): void {
    this.writeDeleted(start, place.token);
    this.#write({ start, end, normalised: this.#text.slice(start, end), change: 'control', reason: null, ...place });
    this.#covered = end;
  }

  /** What normalisation deleted between what was written and `end`; `token` is the next token. */
  writeDeleted(end: number, token: number): void {
    while (this.#covered < end) {
      const start = this.#covered++;
      const unit = this.#text.charAt(start);
      const reason = unit === '\r' ? 'carriage-return' : unit === '\0' ? 'nul' : 'other';
      const place = { chunk: null, token, tokenCount: 0 };
      this.#write({ start, end: start + 1, normalised: '', change: 'deleted', reason, ...place });
    }
  }

  /** Neighbours to which the same happened, and which belong to the same tokens, are one atom. */
  #write(atom: Omit<TextAtom, 'decoded' | 'loss'>): void {
    const last = this.atoms.at(-1);
    const joins =
      last !== undefined &&
      last.end === atom.start &&
      last.change === atom.change &&
      last.reason === atom.reason &&
      last.token === atom.token &&
      last.tokenCount === atom.tokenCount &&
      atom.change !== 'control';
    if (!joins) {
      this.atoms.push({ ...atom, decoded: null, loss: null });
      return;
    }
    last.end = atom.end;
    last.normalised = `${last.normalised ?? ''}${atom.normalised ?? ''}`;
  }
}

function reasonOf(source: string, normalised: string, isFirst: boolean): NormalisationReason | null {
  if (source === normalised) return null;
  if (normalised === metaspace) {
    if (source === '') return isFirst ? 'space-in-front' : 'space-after-mark';
    if (source === ' ') return 'space-sign';
    return source === '\u00A0' ? 'no-break-space' : 'other';
  }
  return normalised === '\uFFFD' ? 'lone-surrogate' : 'composed';
}
