import { beforeAll, describe, expect, it } from 'vitest';
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
});
