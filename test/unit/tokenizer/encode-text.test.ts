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
  it('is the encoding of the text with what the model expects in front, if that is wanted', async () => {
    const { ids, boundaries } = await encodeText(tokenizer, [
      { text: 'Il fait' },
      { text: ' beau' },
      { text: ' ici.' },
    ]);
    expect(ids).toEqual(await tokenizer.encode('Il fait beau ici.', { addBos: true }));
    expect(boundaries).toHaveLength(3);
    expect(boundaries.at(-1)).toBe(ids.length);
    expect((await encodeText(tokenizer, [])).ids).toEqual(await tokenizer.encode('', { addBos: true }));
    expect((await encodeText(tokenizer, [{ text: 'Il' }], false)).ids).toEqual(await tokenizer.encode('Il'));
  });

  it.each([
    ...[' et', 'et', '. Et', '\nEt', '\n\n  Et', '  et', '   ', '\t', '👍', ' 👍', '« a »', ' « a »', "'", '', '`x`'],
    ...['\ndef f():\n    ', 'fin\n'],
  ])('decodes to exactly what was written after known ids: %j', async (text) => {
    const pieces = [{ text: 'Oui.' }, { text: 'Il fait beau', ids: known }, { text }];
    const { ids, boundaries } = await encodeText(tokenizer, pieces);
    // All but the one space that the next token brings.
    expect(tokenizer.decode(ids)).toBe(`Oui. Il fait beau${text}`.replace(/ $/, ''));
    expect(ids.slice(boundaries[0], boundaries[1])).toEqual(known);
    expect(boundaries.at(-1)).toBe(ids.length);
  });

  it('gives the space between two texts to the second, and none to known ids', async () => {
    const whole = await tokenizer.encode('Il fait beau');
    const texts = await encodeText(tokenizer, [{ text: 'Il fait ' }, { text: 'beau' }], false);
    expect(texts).toEqual({ ids: whole, boundaries: [2, 3] });
    const beau = await tokenizer.encode('beau');
    expect((await encodeText(tokenizer, [{ text: 'Il fait ' }, { text: 'beau', ids: beau }], false)).ids).toEqual(
      whole,
    );
  });
});
