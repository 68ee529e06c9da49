import { describe, expect, it } from 'vitest';
import { defaultSampling, samplingSchema } from '../../../../main/contract/sampling.ts';
import { parseSamplingValue, samplingFields } from '../../../../renderer/sampling/fields.ts';

const field = (name: string) => {
  const found = samplingFields.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
};

describe('samplingFields', () => {
  it('has one field for each value of the contract that is a number', () => {
    const notNumbers = ['bannedStrings', 'grammar', 'logitBias', 'stopStrings'];
    const fields = samplingFields.map(({ name }) => name);
    expect([...fields, ...notNumbers].sort()).toEqual(Object.keys(defaultSampling).sort());
  });

  it('offers only values that the contract takes', () => {
    for (const { name, minimum, maximum, slider } of samplingFields) {
      for (const value of [minimum, maximum, slider?.minimum ?? minimum, slider?.maximum ?? maximum]) {
        expect(samplingSchema.shape[name].safeParse(value).success, `${name} ${value}`).toBe(true);
      }
    }
  });
});

describe('parseSamplingValue', () => {
  it('takes a decimal comma and blanks', () => {
    expect(parseSamplingValue(field('temperature'), ' 0,7 ')).toBe(0.7);
  });

  it('takes an empty field only where that means something', () => {
    expect(parseSamplingValue(field('seed'), '')).toBeNull();
    expect(parseSamplingValue(field('topP'), '')).toBeUndefined();
  });

  it('keeps a large seed exact', () => {
    expect(parseSamplingValue(field('seed'), '4294967295')).toBe(4_294_967_295);
    expect(parseSamplingValue(field('seed'), '4294967296')).toBeUndefined();
  });

  it.each([
    ['temperature', '-1'],
    ['temperature', 'chaud'],
    ['topP', '0'],
    ['topK', '1.5'],
    ['maxTokens', '0'],
  ])('refuses %s = %s', (name, text) => {
    expect(parseSamplingValue(field(name), text)).toBeUndefined();
  });
});
