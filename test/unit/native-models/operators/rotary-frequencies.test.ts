import { describe, expect, it } from 'vitest';
import { rotaryTables } from '../../../../native-models/operators/rotary-cache.ts';
import { rotaryFrequencies, type RotaryScaling } from '../../../../native-models/operators/rotary-frequencies.ts';
import { inverseFrequency, type ReferenceScaling } from '../../../fixtures/reference/rotary.ts';

const headDimension = 128;
const theta = 5e5;
const trained = 64;

const scalings: readonly [RotaryScaling, ReferenceScaling][] = [
  [
    { kind: 'linear', factor: 4 },
    { rope_type: 'linear', factor: 4 },
  ],
  [
    { kind: 'dynamic', factor: 2, originalContext: trained },
    { rope_type: 'dynamic', factor: 2 },
  ],
  [
    { kind: 'llama3', factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 8192 },
    {
      rope_type: 'llama3',
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 8192,
    },
  ],
];

describe('scaled rotary positions', () => {
  it.each(scalings)('hold the definition at every position: %j', (scaling, rope_scaling) => {
    const positions = 2 * trained;
    const config = { head_dim: headDimension, rope_theta: theta, max_position_embeddings: trained, rope_scaling };
    const { cosines, sines } = rotaryTables({ positions, headDimension, theta, scaling });
    for (let position = 0; position < positions; position++) {
      for (let i = 0; i < headDimension / 2; i++) {
        const angle = position * inverseFrequency(i, position + 1, config);
        expect(cosines[(position * headDimension) / 2 + i]).toBeCloseTo(Math.cos(angle), 6);
        expect(sines[(position * headDimension) / 2 + i]).toBeCloseTo(Math.sin(angle), 6);
      }
    }
  });

  it('of Llama 3.1 keep the short wavelengths, divide the long ones and blend between', () => {
    const scaling = (scalings[2] as (typeof scalings)[number])[0];
    const plain = rotaryFrequencies(headDimension, theta, { kind: 'none' });
    const ratios = rotaryFrequencies(headDimension, theta, scaling).map((value, i) => (plain[i] as number) / value);
    expect(ratios[0]).toBe(1);
    expect(ratios.at(-1)).toBeCloseTo(8, 12);
    expect(ratios.filter((ratio) => ratio > 1.01 && ratio < 7.99).length).toBeGreaterThan(3);
    expect([...ratios]).toEqual([...ratios].sort((a, b) => a - b));
  });

  it('of dynamic scaling are the plain ones within the original context', () => {
    const options = { positions: trained, headDimension, theta };
    const scaling: RotaryScaling = { kind: 'dynamic', factor: 4, originalContext: trained };
    expect(rotaryTables({ ...options, scaling })).toEqual(rotaryTables(options));
  });
});
