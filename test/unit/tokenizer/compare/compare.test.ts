import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CompareEvent, CompareFilesEvent } from '../../../../main/contract/comparison.ts';
import { unpackUint32 } from '../../../../main/contract/packed-numbers.ts';
import { compareFiles, compareText, OpenTokenizers, Tokenizer } from '../../../../main/tokenizer/index.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { wordTokenizer } from '../../../fixtures/word-tokenizer.ts';
import { demoFolder } from '../demo-folder.ts';

const demo = join(demoFolder, 'tokenizer.json');
const tokenizers = new OpenTokenizers();
const open = (path: string) => tokenizers.get(path);

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const list: Event[] = [];
  for await (const event of events) list.push(event);
  return list;
}

function ofType<Event extends { type: string }, Type extends Event['type']>(events: Event[], type: Type) {
  return events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);
}

/** A tokenizer of three words, and the demo model's. */
function two(): string[] {
  return [demo, wordTokenizer(temporaryFolder(), ['le', 'chat', 'dort'])];
}

describe('compareText', () => {
  it('tells the counts of the text, and of each tokenizer its tokens and where they end', async () => {
    const text = 'le chat dort';
    const events = await all<CompareEvent>(compareText(open, two(), text));
    expect(events[0]).toEqual({
      type: 'text',
      counts: { characterCount: 12, wordCount: 3, utf8ByteCount: 12 },
    });
    const [lucie, words] = ofType(events, 'tokenizer');
    expect(words).toMatchObject({ index: 1, tokenCount: 3, vocabularySize: 4 });
    expect([...unpackUint32(words?.ends ?? '')].at(-1)).toBe(text.length);
    const ids = await (await open(demo)).encode(text, { controlTokens: 'parse' });
    expect(lucie).toMatchObject({ index: 0, tokenCount: ids.length });
    expect(unpackUint32(lucie?.ends ?? '')).toHaveLength(ids.length);
  });

  it('says what is wrong with one, and goes on', async () => {
    const events = await all<CompareEvent>(compareText(open, ['/nowhere/tokenizer.json', demo], 'Bonjour'));
    expect(ofType(events, 'failed')).toMatchObject([{ index: 0, error: { code: 'TOKENIZER_INVALID' } }]);
    expect(ofType(events, 'tokenizer')).toMatchObject([{ index: 1 }]);
  });

  it('refuses a text beyond the limit, and ends where it is given up', async () => {
    await expect(all(compareText(open, [demo], 'x'.repeat(8_000_001)))).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
    await expect(all(compareText(open, [demo], 'x', AbortSignal.abort()))).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

/** Two languages, a file of another kind, one that is no text, and a link. */
function corpus(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'de'));
  writeFileSync(join(folder, 'fr.txt'), 'le chat dort');
  writeFileSync(join(folder, 'fr-suite.md'), 'le chat');
  writeFileSync(join(folder, 'de', 'katze.txt'), 'die Katze schläft');
  writeFileSync(join(folder, 'latin.txt'), Buffer.from('été', 'latin1'));
  writeFileSync(join(folder, 'picture.png'), 'x');
  symlinkSync(join(folder, 'de'), join(folder, 'link'));
  return folder;
}

describe('compareFiles', () => {
  it('sums by language, and tells what it left out and why', async () => {
    const events = await all<CompareFilesEvent>(compareFiles(open, two(), [corpus()]));
    const [end] = ofType(events, 'end');
    expect(end?.skippedCount).toBe(3);
    expect(ofType(events, 'skipped').map(({ path, reason }) => [path, reason])).toEqual(
      expect.arrayContaining([
        ['latin.txt', 'not-utf8'],
        ['picture.png', 'other-kind'],
        ['link', 'not-a-file'],
      ]),
    );
    expect(end?.languages.map(({ language, fileCount }) => [language, fileCount])).toEqual([
      ['fr', 2],
      ['de', 1],
    ]);
    expect(end?.languages[0]).toMatchObject({ counts: { wordCount: 5, characterCount: 19 } });
    expect(end?.languages[0]?.tokens[1]).toBe(5);
    expect(end?.total.counts.wordCount).toBe(8);
    expect(ofType(events, 'file').map(({ file }) => file.path)).toEqual(['de/katze.txt', 'fr-suite.md', 'fr.txt']);
    const last = ofType(events, 'progress').at(-1)?.progress;
    expect(last?.done).toBe(last?.total);
  });

  it('keeps the others where one tokenizer is broken', async () => {
    const events = await all<CompareFilesEvent>(compareFiles(open, ['/nowhere', demo], [corpus()]));
    expect(ofType(events, 'failed')).toMatchObject([{ index: 0 }]);
    const [end] = ofType(events, 'end');
    expect(end?.total.tokens[0]).toBeNull();
    expect(end?.total.tokens[1]).toBeGreaterThan(8);
  });

  it('takes a single file whatever its name, and says so where there is none', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes'), 'le chat');
    const events = await all<CompareFilesEvent>(compareFiles(open, two(), [join(folder, 'notes')]));
    expect(ofType(events, 'file')).toMatchObject([{ file: { path: 'notes', language: null, pieceCount: 1 } }]);
    await expect(all(compareFiles(open, two(), [join(folder, 'none')]))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });

  it('gives nothing for an empty folder, and ends where it is given up', async () => {
    const [end] = ofType(await all<CompareFilesEvent>(compareFiles(open, [demo], [temporaryFolder()])), 'end');
    expect(end).toMatchObject({ languages: [], total: { fileCount: 0, tokens: [0] } });
    await expect(all(compareFiles(open, [demo], [corpus()], AbortSignal.abort()))).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('counts no more of a file once the stream is left', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'long.txt'), 'le chat dort\n'.repeat(400_000));
    const tokenizer = await Tokenizer.open(demo);
    let encoded = 0;
    const slow = Object.create(tokenizer, {
      encode: { value: async () => (encoded++, await setTimeout(50), []) },
    }) as Tokenizer;
    for await (const event of compareFiles(() => Promise.resolve(slow), [demo], [folder])) {
      if (event.type === 'progress' && event.progress.done > 0) break;
    }
    const before = encoded;
    await setTimeout(300);
    expect(before).toBeGreaterThan(0);
    expect(encoded).toBeLessThanOrEqual(before + 1);
  });

  it('a long file in pieces has the tokens of the whole', async () => {
    const line = 'le chat dort\n';
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'long.txt'), line.repeat(40_000));
    const [file] = ofType(await all<CompareFilesEvent>(compareFiles(open, two(), [folder])), 'file');
    expect(file?.file).toMatchObject({ pieceCount: 2, counts: { wordCount: 120_000 } });
    const one = await (await Tokenizer.open(demo)).encode(line.repeat(100));
    const more = await (await Tokenizer.open(demo)).encode(line.repeat(101));
    expect(file?.file.tokens[0]).toBe(one.length + (more.length - one.length) * 39_900);
  });
});
