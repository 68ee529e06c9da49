import { describe, expect, it } from 'vitest';
import { contentNames } from '../../../../main/dataset/file-signatures.ts';
import { errorTexts } from '../../../../renderer/i18n/errors.ts';
import { Format } from '../../../../renderer/i18n/format.ts';

const languages = { fr: new Format('fr'), en: new Format('en') };
const details = { name: 'x.jsonl', path: '/x.jsonl', line: 12, found: 'x', expected: 2, start: '"Bonj"' };

describe('errors of files', () => {
  it.each(Object.keys(contentNames))('name what was found: %s', (found) => {
    const { message } = errorTexts.FILE_FORMAT_UNKNOWN;
    for (const [language, format] of Object.entries(languages) as ['fr' | 'en', Format][]) {
      const general = message[language]({ ...details, found: 'unknown to us' }, format);
      const sentence = message[language]({ ...details, found }, format);
      expect(sentence).not.toBe(general);
      expect(sentence).toMatch(/^x\.jsonl .+\.$/);
    }
  });

  it('name the line, and what to do about it', () => {
    const corrupt = errorTexts.FILE_CORRUPT;
    const values = { ...details, reason: 'json-invalid' };
    expect(corrupt.message.fr(values, languages.fr)).toBe('x.jsonl : la ligne 12 n’est pas du JSON.');
    expect(corrupt.message.en(values, languages.en)).toBe('x.jsonl: line 12 is not JSON.');
    const { action } = corrupt;
    expect(typeof action.en === 'string' ? action.en : action.en(values, languages.en)).toContain('one JSON object');
  });
});
