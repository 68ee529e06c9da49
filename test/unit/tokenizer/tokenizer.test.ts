import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Tokenizer } from '../../../main/tokenizer/index.ts';
import { wordTokenizer } from '../../fixtures/word-tokenizer.ts';
import { demoFolder } from './demo-folder.ts';

describe('Tokenizer', () => {
  it('reads control tokens as text unless asked to parse them', async () => {
    const tokenizer = await Tokenizer.load(demoFolder);
    const text = '<s>bonjour <|eot_id|>';
    const plain = await tokenizer.encode(text);
    expect(plain.filter((id) => tokenizer.isSpecial(id))).toEqual([]);
    expect(tokenizer.decode(plain)).toBe(text);
    const parsed = await tokenizer.encode(text, { controlTokens: 'parse' });
    expect(parsed.filter((id) => tokenizer.isSpecial(id))).toEqual([0, 267]);
    expect((await tokenizer.encode(text, { addBos: true })).slice(0, 2)).toEqual([0, plain[0]]);
  });

  it('gives the same ids both ways where the text has no control token, and the text back', async () => {
    const tokenizer = await Tokenizer.load(demoFolder);
    const words = fc.array(fc.constantFrom('été', "l'", ' ', '\n', '12', '« ', '»', '(', '😀', 'mot', '한국'));
    await fc.assert(
      fc.asyncProperty(words, async (parts) => {
        const text = parts.join('').trim();
        const ids = await tokenizer.encode(text);
        expect(await tokenizer.encode(text, { controlTokens: 'parse' })).toEqual(ids);
        expect(tokenizer.decode(ids)).toBe(text);
      }),
    );
  });

  it('leaves control tokens out of a decoded text unless asked to keep them', async () => {
    const tokenizer = await Tokenizer.load(demoFolder);
    const ids = [0, ...(await tokenizer.encode('bonjour')), 267, 999_999];
    expect(tokenizer.decode(ids)).toBe('bonjour');
    expect(tokenizer.decode(ids, { keepControlTokens: true })).toBe('<s> bonjour<|eot_id|>');
    expect(tokenizer.idOf('<|eot_id|>')).toBe(267);
    expect(tokenizer.idOf('no such piece')).toBeNull();
  });
});

describe('a broken tokenizer.json', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is refused with the file and the reason', async () => {
    const cases: [content: string | null, reason: RegExp][] = [
      [null, /cannot be read/],
      ['{"version": ', /not JSON/],
      ['{"version": "1.0"}', /added_tokens: .*model: /],
      ['{"added_tokens": [], "model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}}', /`b` out of vocabulary/],
    ];
    for (const [content, reason] of cases) {
      if (content !== null) await writeFile(join(folder, 'tokenizer.json'), content);
      const error: unknown = await Tokenizer.load(folder).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'TOKENIZER_INVALID', message: expect.stringMatching(reason) });
      expect(error).toMatchObject({ details: { path: join(folder, 'tokenizer.json') } });
    }
  });

  it('has the ids of added tokens from the library, whatever the file says', async () => {
    const path = wordTokenizer(folder, ['le', 'chat']);
    const file = JSON.parse(await readFile(path, 'utf8')) as object;
    const rest = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
    await writeFile(
      path,
      JSON.stringify({ ...file, added_tokens: [{ id: 4_000_000_000, content: '<far>', ...rest }] }),
    );
    const tokenizer = await Tokenizer.load(folder);
    expect(tokenizer.addedTokens).toEqual([{ id: 3, content: '<far>', special: true }]);
    expect(tokenizer.isSpecial(3)).toBe(true);
    expect(await tokenizer.encode('le <far> chat', { controlTokens: 'parse' })).toEqual([1, 3, 2]);
  });
});
