import { beforeAll, describe, expect, it } from 'vitest';
import { StreamingDecoder } from '../../../main/tokenizer/streaming-decoder.ts';
import { textsAfter } from '../../../main/tokenizer/texts-after.ts';
import { Tokenizer } from '../../../main/tokenizer/tokenizer.ts';
import { demoFolder } from './demo-folder.ts';

describe('textsAfter', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await Tokenizer.open(`${demoFolder}/tokenizer.json`);
  });
  const idsOf = (text: string) => tokenizer.encode(text);

  it('gives the space of a token where the decoder keeps it, and not after an apostrophe or at the start', async () => {
    const [first] = await idsOf('une');
    const id = first as number;
    expect(textsAfter(tokenizer, [], [id])).toEqual(['une']);
    expect(textsAfter(tokenizer, await idsOf('dans'), [id])).toEqual([' une']);
    expect(textsAfter(tokenizer, await idsOf("l'"), [id])).toEqual(['une']);
  });

  it('is null for a control token and for a byte that is no character', async () => {
    const control = 1;
    const firstByte = 0xf0 + 4;
    expect(textsAfter(tokenizer, await idsOf('dans'), [control, firstByte])).toEqual([null, null]);
  });

  it('ends a character whose bytes are in the context', async () => {
    const ids = await idsOf('😀');
    expect(textsAfter(tokenizer, ids.slice(0, -1), [ids.at(-1) as number])).toEqual(['😀']);
  });

  it('says of each token what it alone adds, whatever was asked about before it', async () => {
    const contexts = ['', "Qu'est-ce que « l'été »", 'x'.repeat(300), '😀', 'a 😀 \u0301'];
    const ids = [...(await idsOf("😀 une l' été")), 1, 0xf0 + 4, 0x80 + 4];
    for (const text of contexts) {
      const whole = await idsOf(text);
      for (const context of [whole, whole.slice(0, -1), whole.slice(0, -2)]) {
        const alone = ids.map((id) => new StreamingDecoder(tokenizer, context).push(id) || null);
        expect(textsAfter(tokenizer, context, ids)).toEqual(alone);
      }
    }
  });

  it('reads the context once', async () => {
    let pieces = 0;
    const counting = {
      hasByteFallback: tokenizer.hasByteFallback,
      isSpecial: (id: number) => tokenizer.isSpecial(id),
      decodePieces: (some: string[]) => tokenizer.decodePieces(some),
      pieceOf: (id: number) => (pieces++, tokenizer.pieceOf(id)),
    };
    const context = await idsOf('x '.repeat(200));
    textsAfter(counting, context, await idsOf('dans une maison'));
    expect(pieces).toBeLessThan(2 * context.length);
  });
});
