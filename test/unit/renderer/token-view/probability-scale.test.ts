import { describe, expect, it } from 'vitest';
import {
  contrastRatio,
  probabilityOf,
  probabilityProperties,
  probabilityStep,
  probabilitySteps,
} from '../../../../renderer/token-view/probability-scale.ts';

const schemes = ['light', 'dark'] as const;

describe('probability scale', () => {
  it.each(schemes)('keeps text readable on every step of the %s scheme', (scheme) => {
    for (const step of probabilitySteps) {
      expect(contrastRatio(step[scheme].background, step[scheme].text)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(schemes)('moves away from the certain end at every step of the %s scheme', (scheme) => {
    const reference = scheme === 'light' ? '#ffffff' : '#000000';
    const distances = probabilitySteps.map((step) => contrastRatio(step[scheme].background, reference));
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
  });

  it('covers 0 to 1 and puts a boundary into the step that begins with it', () => {
    expect([1, 0.95, 0.949, 0.75, 0.5, 0.25, 0.1, 0.0999, 0].map(probabilityStep)).toEqual([0, 0, 1, 1, 2, 3, 4, 5, 5]);
  });

  it('turns natural logarithms into probabilities', () => {
    expect(probabilityOf(0)).toBe(1);
    expect(probabilityOf(Math.log(0.25))).toBeCloseTo(0.25, 12);
  });

  it('declares a pair of custom properties for every step', () => {
    const declared = probabilityProperties().match(/--step-\d(-text)?:/g);
    expect(declared).toHaveLength(2 * probabilitySteps.length);
  });

  it('measures contrast as WCAG does', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
