import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../main/tokenizer/byte-level.ts';
import { TokenBytes } from '../../../main/tokenizer/token-bytes.ts';
import { StreamingDecoder, Tokenizer } from '../../../main/tokenizer/index.ts';
import { textRulesOf } from '../../../main/tokenizer/text-rules.ts';
import { describeWithShared } from '../../fixtures/shared-folder.ts';
import { demoFolder } from './demo-folder.ts';

function followsTheDecoder(tokenizer: Tokenizer): void {
  const tokens = new TokenBytes(tokenizer);
  const spaced = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id).filter((id) =>
    /^[▁ ]|[([{<'’"«“‘‚‹—–―/\n\t]$|^<0x2[0278]>$/.test(tokenizer.pieceOf(id)),
  );
  const id = fc.oneof(fc.constantFrom(...spaced), fc.nat({ max: tokenizer.vocabularySize - 1 }));
  fc.assert(
    fc.property(fc.array(id, { maxLength: 40 }), (ids) => {
      const decoder = new StreamingDecoder(tokenizer);
      const shown = ids.map((one) => decoder.push(one)).join('') + decoder.flush();
      let place = tokens.start;
      let bytes = '';
      for (const one of ids) {
        bytes += tokens.at(place, one);
        place = tokens.after(place, one);
      }
      const text = Buffer.from(bytes, 'latin1').toString('utf8');
      // Malformed UTF-8 is shown in other ways; it is not what this is about.
      if (!text.includes('\uFFFD')) expect(text).toBe(shown);
    }),
    { numRuns: 3_000, seed: 7 },
  );
}

describe('TokenBytes', () => {
  it('adds what the streaming decoder shows, with the demo vocabulary', async () => {
    followsTheDecoder(await Tokenizer.load(demoFolder));
  });

  it('reads byte-level pieces', () => {
    const pieces = ['Ġété', 'Ċ', 'Ã', 'Ã©', 'ł', '<|end|>'];
    const tokens = new TokenBytes({
      vocabularySize: pieces.length,
      pieceOf: (id) => pieces[id] ?? '',
      isSpecial: (id) => id === 5,
      hasByteFallback: false,
      textRules: textRulesOf([{ type: 'ByteLevel' }]),
    });
    // U+00E9 of the first piece is the byte E9, not the letter.
    expect(tokens.plain).toEqual([' \xe9t\xe9', '\n', '\xc3', '\xc3\xa9', '\xa0', '']);
    expect(tokens.at(tokens.start, 0)).toBe(' \xe9t\xe9');
    expect(bytesOf('é')).toBe('\xc3\xa9');
  });

  it('drops one space at the start for a decoder that strips one', () => {
    const pieces = ['▁a', '▁▁', '('];
    const tokens = new TokenBytes({
      vocabularySize: pieces.length,
      pieceOf: (id) => pieces[id] ?? '',
      isSpecial: () => false,
      hasByteFallback: true,
      textRules: textRulesOf([{ type: 'Strip', content: ' ', start: 1, stop: 0 } as { type: string }]),
    });
    expect(pieces.map((_, id) => tokens.at(tokens.start, id))).toEqual(['a', ' ', '(']);
    expect(tokens.at(tokens.after(tokens.start, 2), 0)).toBe(' a');
  });
});

describeWithShared('TokenBytes of Lucie', (shared) => {
  it('adds what the streaming decoder shows', async () => {
    followsTheDecoder(await Tokenizer.load(join(shared, 'lucie/tokenizer_instruct')));
  });
});
