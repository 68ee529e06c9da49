import { describe, expect, it } from 'vitest';
import { I18n, resolveLanguage } from '../../../../renderer/i18n/i18n.svelte.ts';
import { phrase } from '../../../../renderer/i18n/phrase.ts';

describe('resolveLanguage', () => {
  it('takes the choice, else the first known language of the system, else English', () => {
    expect(resolveLanguage('fr', ['en-GB'])).toBe('fr');
    expect(resolveLanguage('system', ['de-DE', 'fr-CA', 'en'])).toBe('fr');
    expect(resolveLanguage('system', ['en-US', 'fr'])).toBe('en');
    expect(resolveLanguage('system', ['ja'])).toBe('en');
    expect(resolveLanguage('system', [])).toBe('en');
  });
});

describe('t', () => {
  const quoted = phrase<{ title: string }>({
    fr: ({ title }) => `« ${title} » : fini !`,
    en: ({ title }) => `“${title}”: done!`,
  });

  it('sets French spaces', () => {
    const i18n = new I18n(() => 'fr');
    expect(i18n.t({ fr: 'Quoi ? « Rien » ; voilà : fin !', en: '' })).toBe(
      'Quoi\u202F? «\u00A0Rien\u00A0»\u202F; voilà\u00A0: fin\u202F!',
    );
  });

  it('keeps the digits of a number together', () => {
    const i18n = new I18n(() => 'fr');
    expect(i18n.t({ fr: 'Il y en a 3 100, ou 1 000 000 en 2025 et 40.', en: '' })).toBe(
      'Il y en a 3\u202F100, ou 1\u202F000\u202F000 en 2025 et 40.',
    );
  });

  it('leaves the spaces of a value as they are', () => {
    const i18n = new I18n(() => 'fr');
    expect(i18n.t(quoted, { title: 'a : b !' })).toBe('«\u00A0a : b !\u00A0»\u00A0: fini\u202F!');
  });

  it('leaves English alone', () => {
    const i18n = new I18n(() => 'en');
    expect(i18n.t(quoted, { title: 'a' })).toBe('“a”: done!');
  });
});

describe('errors', () => {
  it('are told in the language, with their values', () => {
    const i18n = new I18n(() => 'fr');
    const report = { code: 'ROW_NOT_FOUND', message: 'Row 9', action: '', details: { row: 9 } } as const;
    expect(i18n.errorMessage(report)).toBe('La ligne 9 n’existe pas dans ce fichier.');
    expect(i18n.errorAction(report)).toBe('Choisissez une ligne du tableau.');
  });
});
