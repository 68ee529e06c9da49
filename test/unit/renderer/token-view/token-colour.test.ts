import { expect, it } from 'vitest';
import { colourLabels, colourStep, tokenColours } from '../../../../renderer/token-view/token-colour.ts';
import { token } from '../../../fixtures/messages.ts';

it('keeps the raw probability apart from the one after sampling', () => {
  const made = { ...token(1, 'a'), logProbability: Math.log(0.3), probability: 0.99 };
  expect(colourStep(made, 'probability')).toBe(3);
  expect(colourStep(made, 'sampled')).toBe(0);
  expect(colourStep({ ...made, probability: null }, 'sampled')).toBeNull();
});

it.each([
  [1, 0],
  [2, 1],
  [5, 2],
  [6, 3],
  [100, 4],
  [101, 5],
])('puts rank %i in step %i', (rank, step) => {
  expect(colourStep({ ...token(1, 'a'), rank }, 'rank')).toBe(step);
});

it('counts entropy in bits', () => {
  expect(colourStep({ ...token(1, 'a'), entropy: 0 }, 'entropy')).toBe(0);
  expect(colourStep({ ...token(1, 'a'), entropy: Math.LN2 }, 'entropy')).toBe(2);
  expect(colourStep({ ...token(1, 'a'), entropy: 5 }, 'entropy')).toBe(5);
});

it('names as many steps for each as there are colours', () => {
  for (const colour of tokenColours) expect(new Set(colourLabels(colour)).size).toBe(6);
});
