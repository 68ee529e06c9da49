/**
 * Drafts from the text itself: what followed the last time that the same few tokens stood there (prompt lookup decoding, Saxena
 * 2023, https://github.com/apoorvumang/prompt-lookup-decoding). No second model, no memory to speak of, and right whenever an
 * answer quotes, edits or repeats.
 */

/** Orders of the n-grams that are looked up, the most telling first. */
export const draftOrders = [3, 2, 1] as const;
export type DraftOrder = (typeof draftOrders)[number];

/** Keys of up to three ids fit into the 53 bits of a number. */
const largestVocabulary = 2 ** 17;

export interface Draft {
  ids: number[];
  order: DraftOrder;
}

export class PromptLookup {
  readonly #ids: number[] = [];
  /** For each order: from an n-gram to the position after its last occurrence but the one at the very end. */
  readonly #followers = new Map<DraftOrder, Map<number, number>>(draftOrders.map((order) => [order, new Map()]));
  readonly #isUsable: boolean;

  constructor(vocabularySize: number) {
    this.#isUsable = vocabularySize <= largestVocabulary;
  }

  push(ids: readonly number[]): void {
    if (!this.#isUsable) return;
    for (const id of ids) {
      for (const [order, followers] of this.#followers) {
        const key = this.#lastKey(order);
        if (key !== null) followers.set(key, this.#ids.length);
      }
      this.#ids.push(id);
    }
  }

  /** At most `longest(order)` ids that followed the longest n-gram which ends the text now; `null` where none was seen before. */
  propose(longest: (order: DraftOrder) => number): Draft | null {
    for (const [order, followers] of this.#followers) {
      const key = this.#lastKey(order);
      const start = key === null ? undefined : followers.get(key);
      if (start === undefined) continue;
      const ids = this.#ids.slice(start, start + longest(order));
      return ids.length === 0 ? null : { ids, order };
    }
    return null;
  }

  #lastKey(order: DraftOrder): number | null {
    const { length } = this.#ids;
    if (length < order) return null;
    let key = 0;
    for (let i = length - order; i < length; i++) key = key * largestVocabulary + (this.#ids[i] as number);
    return key;
  }
}
