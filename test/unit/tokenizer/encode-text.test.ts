import { beforeAll, describe, expect, it } from 'vitest';
import { encodeText, Tokenizer } from '../../../main/tokenizer/index.ts';
import { demoFolder } from './demo-folder.ts';

let tokenizer: Tokenizer;
let known: number[];
beforeAll(async () => {
  tokenizer = await Tokenizer.load(demoFolder);
  known = await tokenizer.encode('Il fait beau');
});

describe('encodeText', () => {
  it('is the encoding of the text with what the model expects in front, where nothing is known', async () => {
    const pieces = [{ text: 'Il fait' }, { text: ' beau' }, { text: ' ici.' }];
    const { ids, boundaries } = await encodeText(tokenizer, pieces);
    expect(ids).toEqual(await tokenizer.encode('Il fait beau ici.', { addBos: true }));
    expect(boundaries).toHaveLength(3);
    expect(boundaries.at(-1)).toBe(ids.length);
    expect((await encodeText(tokenizer, [])).ids).toEqual(await tokenizer.encode('', { addBos: true }));
  });

  it.each([
    ' et',
    'et',
    '. Et',
    '\nEt',
    '\n\n  Et',
    '  et',
    ' ',
    '   ',
    '\t',
    '👍',
    ' 👍',
    '« a »',
    ' « a »',
    "'",
    '',
    '`x`',
  ])('decodes to exactly what was written after known ids: %j', async (text) => {
    const { ids, boundaries } = await encodeText(tokenizer, [
      { text: 'Oui.' },
      { text: 'Il fait beau', ids: known },
      { text },
    ]);
    expect(tokenizer.decode(ids)).toBe(`Oui. Il fait beau${text}`);
    expect(ids.slice(boundaries[0], boundaries[1])).toEqual(known);
    expect(boundaries.at(-1)).toBe(ids.length);
  });
});
