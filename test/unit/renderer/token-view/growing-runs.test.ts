import { expect, it } from 'vitest';
import { GrowingRuns } from '../../../../renderer/token-view/growing-runs.ts';
import { token } from '../../../fixtures/messages.ts';

const tokens = Array.from({ length: 2_000 }, (_, index) => token(index, index % 340 === 339 ? '\n' : ' a'));

it('covers every token once, in order, and keeps the objects of full runs', () => {
  const growing = new GrowingRuns();
  let before = growing.update([]);
  for (let count = 0; count <= tokens.length; count += 37) {
    const now = growing.update(tokens.slice(0, count));
    expect(now.flatMap((run) => run.tokens)).toEqual(tokens.slice(0, count));
    before.slice(0, -1).forEach((run, index) => expect(now[index]).toBe(run));
    before = now;
  }
  expect(before.length).toBeGreaterThan(3);
});

it('starts again for other tokens', () => {
  const growing = new GrowingRuns();
  growing.update(tokens);
  const others = tokens.map((each) => ({ ...each }));
  expect(growing.update(others).flatMap((run) => run.tokens)[5]).toBe(others[5]);
});
