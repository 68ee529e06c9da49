import { describe, expect, it } from 'vitest';
import { undisturbed } from '../../../bench/peers/undisturbed.ts';

/** What others use during each attempt, one after another. */
function load(shares: readonly number[]) {
  let attempt = -1;
  return {
    quiet: () => Promise.resolve(),
    begin: () => void attempt++,
    share: () => shares[attempt] ?? Number.NaN,
  };
}

/** Each attempt gives its own number. */
function attempts() {
  let count = 0;
  return () => Promise.resolve(++count);
}

describe('undisturbed', () => {
  it('takes the first attempt in which others were quiet', async () => {
    expect(await undisturbed(load([0.5, 0.02, 0]), attempts())).toEqual({ result: 2, foreign: 0.02 });
  });

  it('takes the least disturbed one where none was quiet, whatever it gave', async () => {
    expect(await undisturbed(load([0.5, 0.3, 0.9]), attempts())).toEqual({ result: 2, foreign: 0.3 });
  });
});
