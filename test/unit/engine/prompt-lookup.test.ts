import { describe, expect, it } from 'vitest';
import { PromptLookup, draftOrders, type Draft } from '../../../main/engine/prompt-lookup.ts';
import { Random } from '../../../main/engine/sampling/random.ts';

/** The definition, by search from the end. */
function slowDraft(ids: readonly number[], length: number): Draft | null {
  for (const order of draftOrders) {
    const gram = ids.slice(-order);
    if (gram.length < order) continue;
    for (let end = ids.length - 1; end >= order; end--) {
      if (gram.every((id, i) => ids[end - order + i] === id)) return { ids: ids.slice(end, end + length), order };
    }
  }
  return null;
}

describe('PromptLookup', () => {
  it('proposes what followed the last time', () => {
    const lookup = new PromptLookup(65_024);
    lookup.push([1, 2, 3, 4, 5, 9, 1, 2, 3]);
    expect(lookup.propose(() => 4)).toEqual({ ids: [4, 5, 9, 1], order: 3 });
    expect(lookup.propose((order) => (order === 3 ? 1 : 4))).toEqual({ ids: [4], order: 3 });
    expect(lookup.propose(() => 0)).toBeNull();
  });

  it('proposes nothing where nothing was repeated', () => {
    const lookup = new PromptLookup(65_024);
    expect(lookup.propose(() => 4)).toBeNull();
    lookup.push([65_023]);
    expect(lookup.propose(() => 4)).toBeNull();
    lookup.push([1, 2]);
    expect(lookup.propose(() => 4)).toBeNull();
  });

  it('finds what a search finds, in random texts', () => {
    const random = new Random(4);
    for (let round = 0; round < 40; round++) {
      const lookup = new PromptLookup(2 ** 17);
      const kinds = 2 + Math.floor(random.nextFloat() * 12);
      const ids: number[] = [];
      for (let i = 0; i < 60; i++) {
        // Ids from both ends of the vocabulary: keys must not collide.
        const id = Math.floor(random.nextFloat() * kinds) * Math.floor((2 ** 17 - 1) / kinds);
        lookup.push([id]);
        ids.push(id);
        expect(lookup.propose(() => 5)).toEqual(slowDraft(ids, 5));
      }
    }
  });

  it('leaves vocabularies alone whose n-grams are no exact numbers', () => {
    const lookup = new PromptLookup(2 ** 17 + 1);
    lookup.push([1, 2, 1, 2]);
    expect(lookup.propose(() => 4)).toBeNull();
  });
});
