/** The values of a preset on one line: numbers that are not neutral, then how many texts, biases and grammars. */
import type { I18n } from '../i18n/i18n.svelte.ts';
import { constraintTexts, samplingNames } from '../i18n/sampling.ts';
import { samplingFields } from './fields.ts';
import { isModified, type PresetValues } from './presets.ts';
import { defaultSampling } from '../../main/contract/sampling.ts';

/** The temperature is always told. */
export function presetSummary(values: PresetValues, { t, format }: Pick<I18n, 't' | 'format'>): string {
  const numbers = samplingFields.flatMap(({ name }) => {
    const value = values[name];
    const isTold = name === 'temperature' || isModified(defaultSampling, { [name]: value });
    return value === undefined || value === null || !isTold
      ? []
      : [`${t(samplingNames[name].name)} ${format.typed(value)}`];
  });
  const { stopStrings = [], bannedStrings = [], logitBias = {}, grammar = null } = values;
  const lists = [
    stopStrings.length > 0 ? `${t(constraintTexts.stop)} ${stopStrings.length}` : '',
    bannedStrings.length > 0 ? `${t(constraintTexts.banned)} ${bannedStrings.length}` : '',
    Object.keys(logitBias).length > 0 ? `${t(constraintTexts.bias)} ${Object.keys(logitBias).length}` : '',
    grammar === null ? '' : t(constraintTexts.grammar),
  ].filter((part) => part !== '');
  return [...numbers, ...lists].join(' · ');
}
