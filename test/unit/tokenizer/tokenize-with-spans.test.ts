import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { maximumTextLength, Tokenizer, tokenizeWithSpans } from '../../../main/tokenizer/index.ts';
import { demoFolder } from './demo-folder.ts';

const fragments = [
  'l',
  'été',
  "'",
  '’',
  ' ',
  '  ',
  '\n',
  '\t',
  '\r',
  '\0',
  '«',
  '(',
  '[',
  '/',
  '\u00a0',
  '1',
  '😀',
  '한',
  'e\u0301',
  'a\u0323\u0301',
  '<s>',
  '<|eot_id|>',
  '▁',
  '\u0344',
  '—',
  'x y',
];
const textArbitrary = fc.oneof(
  fc.array(fc.constantFrom(...fragments)).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

describe('tokenizeWithSpans', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await Tokenizer.load(demoFolder);
  });

  it('describes every token', async () => {
    const text = "L'été,\n<s>한";
    const tokens = await tokenizeWithSpans(tokenizer, text);
    const entries = new Map(tokens.vocabulary.map((entry) => [entry.id, entry]));
    expect(entries.size).toBe(new Set(tokens.ids).size);
    expect(tokens.ids.map((id) => entries.get(id)?.kind)).toContain('special');
    const hangul = tokens.ids.flatMap((id, i) =>
      text.slice(tokens.starts[i], tokens.ends[i]) === '한' ? [entries.get(id)] : [],
    );
    expect(hangul.map((entry) => entry?.bytes).join('')).toBe(Buffer.from('한').toString('hex'));
    expect(tokens).toMatchObject({ characterCount: 11, wordCount: 2, utf8ByteCount: 15 });
  });

  it('covers any text in order, except what the normaliser deletes', async () => {
    await fc.assert(
      fc.asyncProperty(textArbitrary, async (text) => {
        const { starts, ends, ids } = await tokenizeWithSpans(tokenizer, text);
        let covered = 0;
        for (let i = 0; i < ids.length; i++) {
          const [start, end] = [starts[i] ?? -1, ends[i] ?? -1];
          const sharesCharacter = i > 0 && start === starts[i - 1] && end === ends[i - 1];
          if (sharesCharacter) continue;
          expect(start).toBeGreaterThanOrEqual(covered);
          expect(text.slice(covered, start)).toMatch(/^[\r\0]*$/);
          expect(end).toBeGreaterThanOrEqual(start);
          covered = end;
        }
        if (ids.length > 0) expect(text.slice(covered)).toMatch(/^[\r\0]*$/);
      }),
      { numRuns: 300 },
    );
  });

  it('marks every space that is not in the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('l', 'été', "'", ' ', '\n', '«', '(', '1', ',')), async (parts) => {
        const text = parts.join('');
        const { ids, starts, ends, insertedSpace } = await tokenizeWithSpans(tokenizer, text);
        for (let i = 0; i < ids.length; i++) {
          const written = tokenizer.pieceOf(ids[i] ?? 0).replaceAll('▁', ' ');
          const seen = text.slice(starts[i], ends[i]);
          expect(insertedSpace[i] === true ? ` ${seen}` : seen).toBe(written);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('counts words and characters of an empty text', async () => {
    expect(await tokenizeWithSpans(tokenizer, '')).toMatchObject({
      ids: [],
      starts: [],
      characterCount: 0,
      wordCount: 0,
      decoded: '',
    });
  });

  it('refuses a text that is too long for one piece', async () => {
    const text = 'a'.repeat(maximumTextLength + 1);
    await expect(tokenizeWithSpans(tokenizer, text)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      details: { characters: text.length, limit: maximumTextLength },
    });
  });
});
