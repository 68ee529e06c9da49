import { describe, expect, it } from 'vitest';
import { bits, colourClass, type Colouring } from '../../../../../renderer/tokens/reader/colouring.ts';
import { scales, stepOf } from '../../../../../renderer/tokens/reader/scales.ts';
import { scriptOf, scripts } from '../../../../../renderer/tokens/reader/scripts.ts';
import { probabilitySteps } from '../../../../../renderer/token-view/probability-scale.ts';
import { cutText } from './cut-text.ts';

describe('stepOf', () => {
  it.each(Object.entries(scales))('of %s rises with the value and has a colour for each step', (_name, scale) => {
    expect(scale.minima.length).toBe(probabilitySteps.length);
    expect(scale.minima.map((minimum) => stepOf(scale, minimum))).toEqual([0, 1, 2, 3, 4, 5]);
    for (const [step, minimum] of scale.minima.entries()) {
      if (step > 0) expect(stepOf(scale, minimum - 0.01)).toBe(step - 1);
    }
  });
});

describe('scriptOf', () => {
  it.each([
    [' été', 'latin'],
    ['λόγος', 'greek'],
    ['мир', 'cyrillic'],
    ['سلام', 'arabic'],
    ['漢字', 'asian'],
    ['ქ', 'other-letters'],
    [' 12', 'digits'],
    ['«', 'punctuation'],
    ['😀', 'symbols'],
    ['+', 'symbols'],
    ['\n', 'spaces'],
    ['\u0000', 'controls'],
  ])('of %j is %s', (text, script) => expect(scriptOf(text)).toBe(script));
});

describe('colourClass', () => {
  const { text, tokens } = cutText('un deux');
  const token = { text, tokens, index: 1, start: 2, end: 7, isSettled: true };
  const score = { logProbability: -4 * Math.LN2, rank: 12, entropy: 2.5 * Math.LN2 };
  const of = (colouring: Colouring, isSettled = true) =>
    colourClass(colouring, { ...token, isSettled }, ' deux', () => score);

  it('says what is asked for', () => {
    expect(of('alternation')).toBe('tk-hue-1');
    expect(of('length')).toBe('tk-step-3');
    expect(of('script')).toBe(`tk-script-${scripts.indexOf('latin')}`);
    expect(of('surprisal')).toBe('tk-step-3');
    expect(of('entropy')).toBe('tk-step-3');
    expect(of('rank')).toBe('tk-step-3');
    expect(bits(score.entropy)).toBeCloseTo(2.5, 12);
  });

  it('shows no score for a token that stands after an edit, or that has none', () => {
    expect(of('surprisal', false)).toBe('tk-unscored');
    expect(colourClass('rank', token, ' deux', () => null)).toBe('tk-unscored');
  });
});
