import { expect, it } from 'vitest';
import { sampleTexts } from '../../../../renderer/tokens/sample-texts.ts';

it('has a sample in each of the five languages, with the characters that tokenizers stumble over', () => {
  expect(sampleTexts.map(({ language }) => language)).toEqual(['fr', 'en', 'de', 'es', 'it']);
  const all = sampleTexts.map(({ text }) => text).join('');
  for (const character of ['’', '«', '»', '\u00A0', '“', '„', '¿', '¡', '–', '\n']) expect(all).toContain(character);
});
