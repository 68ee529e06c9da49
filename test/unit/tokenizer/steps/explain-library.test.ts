import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Tokenizer } from '../../../../main/tokenizer/index.ts';
import { explain } from '../../../../main/tokenizer/steps/explain.ts';
import { replayMerges } from '../../../../main/tokenizer/steps/replay-merges.ts';

/** GPT-2's shape: bytes as characters, words cut by a pre-tokenizer, merges within them. */
const byteLevel = {
  added_tokens: [{ id: 9, content: '<end>', special: true }],
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  post_processor: null,
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    vocab: { l: 0, a: 1, Ġ: 2, m: 3, Ġm: 4, la: 5, Ġma: 6, Ã: 7, '©': 8, '<end>': 9 },
    merges: ['Ġ m', 'l a', 'Ġm a'],
  },
};

/** BERT's shape: another text after normalisation, and no merges. */
const wordPiece = {
  added_tokens: [{ id: 0, content: '[UNK]', special: true }],
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: { '[UNK]': 0, ete: 1, '##s': 2, mer: 3 },
  },
};

async function open(model: { added_tokens: object[] }): Promise<Tokenizer> {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-steps-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  const added = model.added_tokens.map((token) => ({ ...token, ...flags }));
  const path = join(folder, 'tokenizer.json');
  writeFileSync(
    path,
    JSON.stringify({ version: '1.0', truncation: null, padding: null, ...model, added_tokens: added }),
  );
  return Tokenizer.open(path);
}

it('tells the chunks of a byte-level tokenizer, and replays their merges', async () => {
  const tokenizer = await open(byteLevel);
  const text = 'la maé<end>';
  const result = await explain(tokenizer, text);
  expect(result).toMatchObject({ detail: 'library', ids: [5, 6, 7, 8, 9], normalised: null, decoded: text });
  expect(result.chunks).toEqual([
    { token: 0, tokenCount: 1, isControl: false },
    { token: 1, tokenCount: 3, isControl: false },
    { token: 4, tokenCount: 1, isControl: true },
  ]);
  expect(result.atoms.map(({ decoded }) => decoded).join('')).toBe(text);
  expect(replayMerges(tokenizer, [6, 7, 8])).toMatchObject({
    kind: 'merges',
    initial: [{ piece: 'Ġ' }, { piece: 'm' }, { piece: 'a' }, { piece: 'Ã' }, { piece: '©' }],
    merges: [
      { rank: 0, at: 0, result: { piece: 'Ġm' } },
      { rank: 2, at: 0, result: { piece: 'Ġma' } },
    ],
  });
});

it('says part by part only what is known part by part', async () => {
  const tokenizer = await open(wordPiece);
  const result = await explain(tokenizer, 'Étés mer');
  expect(result).toMatchObject({ detail: 'library', ids: [1, 2, 3], normalised: 'etes mer' });
  expect(result.atoms.every(({ normalised, decoded }) => normalised === null && decoded === null)).toBe(true);
  expect(result.chunks?.map(({ tokenCount }) => tokenCount)).toEqual([2, 1]);
  expect(replayMerges(tokenizer, [1, 2])).toEqual({ kind: 'none', reason: 'no-merges' });
});
