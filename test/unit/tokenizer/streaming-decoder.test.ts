import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { StreamingDecoder, Tokenizer } from '../../../main/tokenizer/index.ts';
import { demoFolder } from './demo-folder.ts';

describe('StreamingDecoder', () => {
  let tokenizer: Tokenizer;
  let trickyIds: number[];
  /** Ids of texts that the decoder's replacements look back over. */
  let spelled: number[][];

  beforeAll(async () => {
    tokenizer = await Tokenizer.load(demoFolder);
    const tricky = await tokenizer.encode(
      '\' ’ « ( [ { / < " “ \n\n\t — – l été a  b   c 1 2 <|start_header_id|> user <|eot_id|> x ▁ é 한 😀',
    );
    spelled = await Promise.all(
      ['<|eot_id|> x', '<|start_header_id|>', "l' été", '(  a', '\n\n  b'].map((text) => tokenizer.encode(text)),
    );
    trickyIds = [...new Set([...tricky, ...Array.from({ length: 256 }, (_, byte) => byte + 4), 0, 1, 265, 267])];
  });

  const stream = (ids: readonly number[], context: readonly number[] = []): string => {
    const decoder = new StreamingDecoder(tokenizer, context);
    return ids.map((id) => decoder.push(id)).join('') + decoder.flush();
  };

  it('drops the inserted space after an apostrophe', () => {
    const ids = ["'", '▁été'].map((piece) => tokenizer.idOf(piece) ?? -1);
    const decoder = new StreamingDecoder(tokenizer);
    expect(ids.map((id) => decoder.push(id))).toEqual(["'", 'été']);
  });

  it('holds back an incomplete character and gives it at the end', () => {
    const bytes = [...Buffer.from('😀')].map((byte) => byte + 4);
    const decoder = new StreamingDecoder(tokenizer);
    expect(bytes.map((id) => decoder.push(id))).toEqual(['', '', '', '😀']);
    expect(decoder.push(bytes[0] ?? 0)).toBe('');
    expect(decoder.flush()).toBe('\uFFFD');
    expect(decoder.flush()).toBe('');
  });

  it('adds up to the text of all ids, whatever the ids', () => {
    const run = fc.oneof(
      fc.integer({ min: 0, max: tokenizer.vocabularySize - 1 }).map((id) => [id]),
      fc.constantFrom(...trickyIds).map((id) => [id]),
      fc.constantFrom(...spelled),
    );
    fc.assert(
      fc.property(fc.array(run, { maxLength: 200, size: 'max' }), (runs) => {
        const ids = runs.flat();
        expect(stream(ids)).toBe(tokenizer.decode(ids));
      }),
      { numRuns: 150 },
    );
  });

  it('adds up after a context', () => {
    const id = fc.constantFrom(...trickyIds);
    fc.assert(
      fc.property(
        fc.array(id, { maxLength: 200, size: 'max' }),
        fc.array(id, { maxLength: 200, size: 'max' }),
        (context, ids) => {
          const before = new StreamingDecoder(tokenizer);
          const given = context.map((one) => before.push(one)).join('');
          expect(given + stream(ids, context)).toBe(tokenizer.decode([...context, ...ids]));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes the same time for a late token as for an early one', () => {
    let decoded = 0;
    const counting = {
      pieceOf: (id: number) => tokenizer.pieceOf(id),
      isSpecial: () => false,
      hasByteFallback: true,
      decodePieces: (pieces: string[]) => {
        decoded += pieces.length;
        return tokenizer.decodePieces(pieces);
      },
    };
    const decoder = new StreamingDecoder(counting);
    for (let i = 0; i < 5_000; i++) decoder.push(trickyIds[i % trickyIds.length] ?? 0);
    expect(decoded / 5_000).toBeLessThan(100);
  });

  it('holds back the end of a byte-level text while it is incomplete', () => {
    const pieces = ['a', '\u00c3', '\u00a9'];
    const byteLevel = {
      pieceOf: (id: number) => pieces[id] ?? '',
      isSpecial: () => false,
      hasByteFallback: false,
      decodePieces: (parts: string[]) => Buffer.from(parts.join(''), 'latin1').toString('utf8'),
    };
    const decoder = new StreamingDecoder(byteLevel);
    expect([0, 1, 2].map((id) => decoder.push(id))).toEqual(['a', '', 'é']);
  });
});
