import { expect, it } from 'vitest';
import { editorLanguage } from '../../../../renderer/dataset/document-language.ts';

const document = (language: string | null) => ({
  row: 0,
  column: 'text',
  characterCount: 1,
  text: 'x',
  metadata: [{ name: 'language', value: language, truncated: false }],
});

it.each([
  ['code:python', 'python'],
  ['code:c++', 'cpp'],
  ['code:cobol', 'plaintext'],
  ['fr', 'plaintext'],
  ['python', 'plaintext'],
  [null, 'plaintext'],
])('%s is shown as %s', (language, expected) => {
  expect(editorLanguage(document(language))).toBe(expected);
});
