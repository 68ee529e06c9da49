import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../main/contract/errors.ts';
import { errorTexts } from '../../../../renderer/i18n/errors.ts';
import { Format } from '../../../../renderer/i18n/format.ts';
import { allTexts } from './dictionaries.ts';

const texts = allTexts().filter(({ path }) => !path.startsWith('format.ts'));
const plain = texts.flatMap(({ path, fr, en }) =>
  typeof fr === 'string' && typeof en === 'string' ? [{ path, fr, en }] : [],
);
const formats = { fr: new Format('fr'), en: new Format('en') };

describe('texts', () => {
  it('are found', () => {
    expect(texts.length).toBeGreaterThan(150);
  });

  it('exist in both languages and say something', () => {
    for (const { path, fr, en } of texts) {
      expect(typeof fr, path).toBe(typeof en);
      if (typeof fr === 'string') expect(fr.trim(), path).not.toBe('');
      if (typeof en === 'string') expect(en.trim(), path).not.toBe('');
    }
  });

  it('use plain spaces and typographic apostrophes in the source', () => {
    for (const { path, fr, en } of plain) {
      expect(fr, path).not.toMatch(/[\u00A0\u202F]|\p{L}'\p{L}/u);
      expect(en, path).not.toMatch(/[\u00A0\u202F]|\p{L}'\p{L}/u);
    }
  });

  it('set a space before double punctuation in French, and none in English', () => {
    for (const { path, fr, en } of plain) {
      expect(fr, path).not.toMatch(/[^\s!?][;!?](?=\s|$)|[^\s]:(?=\s|$)/);
      expect(en, path).not.toMatch(/\s[;:!?](?=\s|$)/);
    }
  });
});

describe('error texts', () => {
  it.each(errorCodes)('%s has a sentence and an action in both languages, with and without details', (code) => {
    const { message, action } = errorTexts[code];
    for (const language of ['fr', 'en'] as const) {
      for (const details of [
        {},
        { path: '/data/x.parquet', file: 'x.onnx', tokens: 1200, limit: 1024, row: 3, column: 'text' },
        ...['killed', 'native-crash', 'aborted', 'exited', 'unresponsive'].map((cause) => ({ cause, seconds: 10 })),
      ]) {
        const sentence = message[language](details, formats[language]);
        expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
        expect(sentence).not.toMatch(/undefined|null|NaN| {2}/);
        const wording = action[language];
        const advice = typeof wording === 'string' ? wording : wording(details, formats[language]);
        expect(advice).toMatch(/^\p{Lu}.*\.$/u);
      }
    }
  });

  it('use the values of the details', () => {
    expect(errorTexts.FILE_NOT_FOUND.message.fr({ path: '/a/b.csv' }, formats.fr)).toBe(
      'Le fichier /a/b.csv est introuvable.',
    );
    expect(errorTexts.CONTEXT_EXCEEDED.message.en({ tokens: 1200, limit: 1024 }, formats.en)).toContain(
      '(1,200 tokens for 1,024)',
    );
  });
});
