import { describe, expect, it } from 'vitest';
import { builtInPresets, samplingPresetSchema } from '../../../../main/contract/sampling-presets.ts';
import { defaultSampling } from '../../../../main/contract/sampling.ts';
import { withBias, withoutBias, biasList } from '../../../../renderer/sampling/logit-biases.ts';
import {
  isFreeName,
  isModified,
  presetValues,
  valuesToKeep,
  withPreset,
} from '../../../../renderer/sampling/presets.ts';
import { readString, writeString } from '../../../../renderer/sampling/written-string.ts';

const mine = { name: 'Poésie', values: { temperature: 1.2, stopStrings: ['\n'] } };

describe('presets', () => {
  it('are found by what a conversation remembers; one that is gone is none', () => {
    expect(presetValues(':greedy', [mine])).toMatchObject({ temperature: 0, topP: 1 });
    expect(presetValues('Poésie', [mine])).toEqual(mine.values);
    expect(presetValues('Prose', [mine])).toBeNull();
    expect(presetValues(null, [mine])).toBeNull();
  });

  it('have the published value first, and every value of theirs is one that is allowed', () => {
    expect(isModified(defaultSampling, builtInPresets[':published'])).toBe(false);
    for (const values of Object.values(builtInPresets)) {
      expect(samplingPresetSchema.safeParse({ name: 'x', values }).success).toBe(true);
    }
  });

  it('are modified where a value of theirs is another, and only then', () => {
    const effective = { ...defaultSampling, ...mine.values, logitBias: { '2': 1, '10': -1 } };
    expect(isModified(effective, mine.values)).toBe(false);
    expect(isModified({ ...effective, stopStrings: [] }, mine.values)).toBe(true);
    expect(isModified(effective, { logitBias: { '10': -1, '2': 1 } })).toBe(false);
    expect(isModified(effective, null)).toBe(false);
  });

  it('keep all but the seed, under a name of their own', () => {
    expect(valuesToKeep({ ...defaultSampling, seed: 7 })).not.toHaveProperty('seed');
    expect(withPreset([mine], { name: 'Poésie', values: {} })).toEqual([{ name: 'Poésie', values: {} }]);
    expect(['Poésie', ' Poésie ', '', ':greedy', 'Prose'].map((name) => isFreeName(name, [mine]))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('biases and strings', () => {
  it('biases stay within the limits and in order', () => {
    const biases = withBias(withBias({}, 300, 250), 20, -101);
    expect(biasList(biases)).toEqual([
      { id: 20, bias: -100 },
      { id: 300, bias: 100 },
    ]);
    expect(withoutBias(biases, 20)).toEqual({ '300': 100 });
  });

  it.each(['a\nb', 'a\\nb', '\t', '\\', 'été'])('%j is typed and read back', (text) => {
    expect(readString(writeString(text))).toBe(text);
  });

  it('a backslash before anything else is one', () => {
    expect(readString('\\d\\n')).toBe('\\d\n');
  });
});
