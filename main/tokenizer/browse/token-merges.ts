/** The merges of a tokenizer.json by token: which two parts make it, which tokens it is a part of. */
import { z } from 'zod';

const mergesFileSchema = z.looseObject({
  model: z.looseObject({
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])).default([]),
  }),
});

export interface Merge {
  readonly left: number;
  readonly right: number;
  /** Its place in the list, from 0. */
  readonly rank: number;
}

export class TokenMerges {
  /** By the token that they make, in order of rank: several merges may make one (Lucie's runs of spaces). */
  readonly #making = new Map<number, Merge[]>();
  /** By a part: the tokens that are made of it, in order of rank. */
  readonly #madeOf = new Map<number, number[]>();

  /**
   * `json` is a parsed tokenizer.json; a model without merges has none here. Merges of unknown pieces are left out, and those of an
   * empty piece, which would make a token of itself.
   */
  constructor(json: unknown, idOf: (piece: string) => number | null) {
    const merges = mergesFileSchema.safeParse(json).data?.model.merges ?? [];
    for (const [rank, merge] of merges.entries()) {
      const [left = '', right = ''] = typeof merge === 'string' ? merge.split(' ') : merge;
      if (left === '' || right === '') continue;
      const [leftId, rightId, resultId] = [idOf(left), idOf(right), idOf(left + right)];
      if (leftId === null || rightId === null || resultId === null) continue;
      append(this.#making, resultId, { left: leftId, right: rightId, rank });
      for (const part of new Set([leftId, rightId])) append(this.#madeOf, part, resultId);
    }
  }

  making(id: number): readonly Merge[] {
    return this.#making.get(id) ?? [];
  }

  /** Each token once, in order of the merge's rank. */
  madeOf(id: number): readonly number[] {
    return [...new Set(this.#madeOf.get(id))];
  }

  /** Of the first merge that makes the token; `null` where none does. */
  rankOf(id: number): number | null {
    return this.making(id)[0]?.rank ?? null;
  }
}

function append<Value>(lists: Map<number, Value[]>, key: number, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
