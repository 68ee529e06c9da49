import { describe, expect, it } from 'vitest';
import { matchExpression, timeLimitMs } from '../../../../main/tokenizer/browse/match-expression.ts';

const hostile = 'a'.repeat(60) + '!';

describe('matchExpression', () => {
  it('finds what the expression finds, with Unicode and without case unless wanted', async () => {
    const texts = [' Été', 'été', 'ete', 'ÉTÉ'];
    expect([...(await matchExpression(texts, '^é', false))]).toEqual([0, 1, 0, 1]);
    expect([...(await matchExpression(texts, '\\p{Lu}', true))]).toEqual([1, 0, 0, 1]);
    expect([...(await matchExpression([], 'a', true))]).toEqual([]);
  });

  it.each(['(a+)+$', '(a|a)*$', '^(?:(?:a+a+)+)y', '(.*)*\\1z'])('ends %s in bounded time', async (pattern) => {
    const begun = performance.now();
    const search = matchExpression(['ok', hostile], pattern, true);
    await expect(search).rejects.toMatchObject({ code: 'SEARCH_INVALID', details: { reason: 'slow' } });
    expect(performance.now() - begun).toBeLessThan(timeLimitMs + 1_500);
    // The thread is free again, and an expression that was stopped leaves nothing behind.
    expect([...(await matchExpression(['aa', 'b'], 'a+$', true))]).toEqual([1, 0]);
  });

  it('counts the time of all slices together', async () => {
    const pattern = `(a+)+$`;
    // Each of these alone takes some milliseconds.
    const texts = Array.from({ length: 40_000 }, () => 'a'.repeat(18) + '!');
    await expect(matchExpression(texts, pattern, true)).rejects.toMatchObject({ details: { reason: 'slow' } });
  });

  it.each(['(', '[b-a]', '\\p{Nothing}', 'a{2}{3}'])('says that %s is no expression', async (pattern) => {
    const search = matchExpression(['a'], pattern, true);
    await expect(search).rejects.toMatchObject({ code: 'SEARCH_INVALID', details: { reason: 'expression' } });
  });

  it('can be given up between slices', async () => {
    const texts = Array.from({ length: 40_000 }, () => 'a');
    const search = matchExpression(texts, 'a', true, AbortSignal.abort());
    await expect(search).rejects.toMatchObject({ name: 'AbortError' });
  });
});
