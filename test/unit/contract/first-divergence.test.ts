import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstDivergence, type Compared } from '../../../main/contract/first-divergence.ts';
import type { GeneratedToken } from '../../../main/contract/tokens.ts';
import { token } from '../../fixtures/messages.ts';

function answer(tokens: readonly GeneratedToken[], tokenizerHash: string | null = 'one'): Compared {
  return { text: tokens.map(({ text }) => text).join(''), tokens, tokenizerHash };
}

const word = (id: number): GeneratedToken => token(id, ` mot${id}`);

test('the first id that differs, as a loop over both finds it', () => {
  const ids = fc.array(fc.nat(2), { maxLength: 8 });
  fc.assert(
    fc.property(ids, ids, (left, right) => {
      let expected: number | null = null;
      for (let at = 0; at < Math.max(left.length, right.length); at++) {
        if (left[at] !== right[at] && expected === null) expected = at;
      }
      const found = firstDivergence(answer(left.map(word)), answer(right.map(word)));
      expect(found?.left.index ?? null).toBe(expected);
      expect(found?.right.index ?? null).toBe(expected);
      expect(found?.left.token?.id).toBe(expected === null ? undefined : left[expected]);
    }),
    { numRuns: 300 },
  );
});

test('each model says what it gave the token of the other, where that is among its ten', () => {
  const [left, right] = [token(5, ' Paris'), token(6, ' Lyon')];
  // `token` gives the id after its own a log-probability of -1.75 at rank 2; 5 is not among those of 6.
  const found = firstDivergence(answer([word(1), left]), answer([word(1), right]));
  expect(found).toMatchObject({
    by: 'ids',
    left: { index: 1, offset: 5, token: left, other: { logProbability: -1.75, rank: 2 } },
    right: { index: 1, offset: 5, token: right, other: null },
    isNearTie: false,
  });
});

test('a near tie is one for every model of which it is known; the end of an answer has no figures', () => {
  const close = (id: number, otherId: number): GeneratedToken => ({
    ...word(id),
    logProbability: -0.7,
    alternatives: [
      { id, piece: 'a', logProbability: -0.7 },
      { id: otherId, piece: 'b', logProbability: -0.9 },
    ],
  });
  expect(firstDivergence(answer([close(5, 6)]), answer([close(6, 5)]))?.isNearTie).toBe(true);
  expect(firstDivergence(answer([close(5, 6)]), answer([token(6, ' mot6')]))?.isNearTie).toBe(true);
  expect(firstDivergence(answer([close(5, 6)]), answer([close(6, 5), word(1)]))?.isNearTie).toBe(true);
  const ended = firstDivergence(answer([word(5)]), answer([word(5), word(6)]));
  expect(ended).toMatchObject({ left: { index: 1, token: null, other: null }, isNearTie: null });
  expect(firstDivergence(answer([word(5)]), answer([word(5)]))).toBeNull();
});

test('where the tokenizers differ, the first character that does; ids mean nothing then', () => {
  const left = answer([token(1, 'La mer'), token(2, ' monte')]);
  const right = answer([token(9, 'La'), token(8, ' mer'), token(2, ' mord')], 'other');
  expect(firstDivergence(left, right)).toMatchObject({
    by: 'text',
    left: { index: 1, offset: 6, other: null },
    right: { index: 2, offset: 6, other: null },
    isNearTie: null,
  });
  expect(firstDivergence(left, { ...right, text: left.text })).toBeNull();
  expect(firstDivergence(answer([token(1, 'a')], null), answer([token(2, 'a')], null))).toBeNull();
});
