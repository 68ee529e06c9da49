import { expect, it } from 'vitest';
import { languageOfPath } from '../../../../main/tokenizer/compare/language-of-path.ts';

it.each([
  ['udhr/fr.txt', 'fr'],
  ['legal/de-bgb-2022-03-first-part.txt', 'de'],
  ['Wikipedia.es.txt', 'es'],
  ['train/it/IT18831_Collodi.txt', 'it'],
  ['FR/deep/novel.txt', 'fr'],
  ['fr/notes_en.md', 'en'],
  ['texts/la terre de France.txt', null],
  ['notes.txt', null],
  ['', null],
])('%j is in %j', (path, language) => {
  expect(languageOfPath(path)).toBe(language);
});
