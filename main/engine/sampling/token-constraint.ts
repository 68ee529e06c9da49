/** What may forbid tokens at each step, knowing all tokens of the answer so far. Masks have bit `id % 32` of word `id / 32`. */
export interface TokenConstraint {
  /** Clears the bits of the tokens that may not come next; sets none. */
  restrict: (allowed: Uint32Array) => void | Promise<void>;
  /** A token that the answer begins with, asked for or not. False where nothing that follows could make the answer right. */
  give: (id: number) => boolean;
  /** The token that came. */
  accept: (id: number) => void;
  dispose: () => void;
}

/** A mask that allows `vocabularySize` tokens; the bits after the last one are clear. */
export function allowAll(mask: Uint32Array, vocabularySize: number): void {
  mask.fill(0xffff_ffff);
  const rest = vocabularySize % 32;
  if (rest !== 0) mask[mask.length - 1] = 2 ** rest - 1;
}

export function forbid(mask: Uint32Array, id: number): void {
  mask[id >>> 5] = (mask[id >>> 5] as number) & ~(1 << (id & 31));
}
