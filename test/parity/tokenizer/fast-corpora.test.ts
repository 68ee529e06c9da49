/** The fast encoder on whole books and laws: ids and spans against the native library, and the golden strings token by token. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alignSpans } from '../../../main/tokenizer/align-spans.ts';
import { recogniseFamily } from '../../../main/tokenizer/fast/family.ts';
import { tokenFlag, type EncodedText, type Tokenizer } from '../../../main/tokenizer/index.ts';
import type { Encoding } from 'tokenizers';
import { describeWithShared } from '../../fixtures/shared-folder.ts';
import { orderFault, returnFault, roundTripFault } from './token-properties.ts';
import { folders, openPair } from './tokenizers.ts';

describeWithShared('the fast encoder on the corpora', (shared) => {
  const corpora = join(shared, 'corpora');
  const files = readdirSync(corpora, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  /** Every file for Lucie's; the library takes a minute for these, so the demo's is compared on those without the books of training. */
  const filesFor = (name: string) => (name === 'demo' ? files.filter((file) => !file.startsWith('train')) : files);
  const golden = JSON.parse(readFileSync(join(shared, 'lucie/derived/golden_tokens.json'), 'utf8')) as {
    strings: { text: string }[];
  };

  it('has one vocabulary and one normaliser in both of Lucie’s, so that one stands for the other on text', () => {
    const [pretrained, instruct] = ['pretrained', 'instruct'].map((kind) =>
      recogniseFamily(JSON.parse(readFileSync(join(shared, `lucie/tokenizer_${kind}/tokenizer.json`), 'utf8'))),
    );
    expect(files.length).toBeGreaterThan(30);
    expect(pretrained?.merges).toEqual(instruct?.merges);
    expect(pretrained?.normaliser).toEqual(instruct?.normaliser);
    const differing = pretrained?.pieces.filter((piece, id) => piece !== instruct?.pieces[id]);
    expect(differing).toEqual(['<unused5>', '<unused6>', '<unused7>']);
  });

  describe.each(folders.filter(([name]) => name !== 'pretrained'))('%s', (name, folder) => {
    it(
      'gives the ids of the library on every file, with exact spans and alterations',
      { timeout: 600_000 },
      async () => {
        const { fast, tokenizer, native } = await openPair(folder);
        for (const file of filesFor(name)) {
          const text = readFileSync(join(corpora, file), 'utf8');
          const encoded = fast.encode(text);
          const expected = Int32Array.from((await native(text, 'as-text')).getIds());
          expect(Buffer.from(encoded.ids.buffer).equals(Buffer.from(expected.buffer)), file).toBe(true);
          if (file.startsWith('train')) continue;
          expect(orderFault(text, encoded), file).toBeNull();
          expect(returnFault(text, encoded, tokenizer), file).toBeNull();
          expect(roundTripFault(text, encoded, tokenizer), file).toBeNull();
        }
      },
    );

    it('gives spans that stand for the token, for every token of every golden string', async () => {
      const { fast, tokenizer, native } = await openPair(folder);
      for (const { text } of golden.strings) {
        const encoded = fast.encode(text, { controlTokens: 'parse' });
        expect(orderFault(text, encoded), text).toBeNull();
        expect(roundTripFault(text, encoded, tokenizer), text).toBeNull();
        expect(returnFault(text, encoded, tokenizer), text).toBeNull();
        // Spans made of the library's offsets are the same, but where a space was inserted before one of the text: the library's
        // offsets do not tell the two apart, and the first, which is the inserted one, is taken for that of the text.
        if (/(?:^|[\n\t([{/<'’"«“‘‚‹—–―]|<[^>]+>) /.test(text)) continue;
        const library = await native(text, 'parse');
        expect(alignedSpans(text, library, tokenizer), text).toEqual(spansOf(encoded));
      }
    });
  });
});

function spansOf({ starts, ends, flags }: EncodedText) {
  return {
    starts: Array.from(starts),
    ends: Array.from(ends),
    insertedSpace: Array.from(flags, (flag) => (flag & tokenFlag.insertedSpace) !== 0),
  };
}

function alignedSpans(text: string, encoding: Encoding, tokenizer: Tokenizer) {
  const ids = encoding.getIds();
  const offsets = encoding.getOffsets();
  const unitAt = [...text].reduce((units, character) => [...units, (units.at(-1) ?? 0) + character.length], [0]);
  return alignSpans(text, ids.length, (i) => {
    const [start = 0, end = 0] = offsets[i] ?? [];
    const { piece, kind } = tokenizer.vocabularyEntry(ids[i] ?? 0);
    return { piece, kind, start: unitAt[start] ?? 0, end: unitAt[end] ?? 0 };
  });
}
