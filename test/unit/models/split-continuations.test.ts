import { expect, it } from 'vitest';
import { splitContinuations } from '../../../main/models/split-continuations.ts';

it('cuts where the text ends', () => {
  expect(
    splitContinuations(
      [1, 2],
      [
        [1, 2, 3],
        [1, 2, 4, 5],
      ],
    ),
  ).toEqual({
    prefixIds: [1, 2],
    continuations: [[3], [4, 5]],
  });
});

it('cuts earlier, for all alike, where one of them joins the end of the text', () => {
  expect(
    splitContinuations(
      [1, 2, 9],
      [
        [1, 2, 9, 3],
        [1, 2, 90],
      ],
    ),
  ).toEqual({
    prefixIds: [1, 2],
    continuations: [[9, 3], [90]],
  });
});

it('leaves nothing of a continuation that adds nothing', () => {
  expect(splitContinuations([1, 2], [[1, 2]])).toEqual({ prefixIds: [1, 2], continuations: [[]] });
});
