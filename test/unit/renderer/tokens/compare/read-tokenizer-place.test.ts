import { expect, it } from 'vitest';
import { readTokenizerPlace } from '../../../../../renderer/tokens/compare/read-tokenizer-place.ts';

it.each([
  ['  ', null],
  ['/models/lucie/tokenizer.json', { kind: 'file', path: '/models/lucie/tokenizer.json' }],
  ['C:\\models\\lucie', { kind: 'file', path: 'C:\\models\\lucie' }],
  ['\\\\server\\models', { kind: 'file', path: '\\\\server\\models' }],
  [' OpenLLM-France/Lucie-7B ', { kind: 'hub', repository: 'OpenLLM-France/Lucie-7B', revision: 'main' }],
  ['a/b@v1', { kind: 'hub', repository: 'a/b', revision: 'v1' }],
  ['https://huggingface.co/a/b/tree/v2', { kind: 'hub', repository: 'a/b', revision: 'v2' }],
])('%j', (typed, source) => {
  expect(readTokenizerPlace(typed)).toEqual(source);
});
