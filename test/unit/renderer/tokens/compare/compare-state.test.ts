import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { describe, expect, it, vi } from 'vitest';
import type { TokenizerSource } from '../../../../../main/contract/tokenisation.ts';
import { tokenizerRouter } from '../../../../../main/tokenizer/router.ts';
import { ComparisonService, TokenService } from '../../../../../main/tokens/index.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { CompareState } from '../../../../../renderer/tokens/compare/compare-state.svelte.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { wordTokenizer } from '../../../../fixtures/word-tokenizer.ts';
import { embedded } from '../../../../fixtures/workbench.ts';

/** The real services behind the state, in memory. */
function connect(): Connection {
  const process = createRouterClient(tokenizerRouter());
  const service = new TokenService({
    client: () => process,
    folderOfModel: () => Promise.resolve(embedded.modelFolder),
    hubFolder: temporaryFolder(),
  });
  const comparison = new ComparisonService({ client: () => process, sources: service.sources });
  const tokens = {
    describe: (input: { tokenizer: TokenizerSource }) => service.describe(input.tokenizer),
    compare: async (input: Parameters<typeof comparison.compare>[0], { signal }: { signal?: AbortSignal } = {}) =>
      comparison.compare(input, signal),
    compareFiles: async (
      input: Parameters<typeof comparison.compareFiles>[0],
      { signal }: { signal?: AbortSignal } = {},
    ) => comparison.compareFiles(input, signal),
  };
  return { client: { tokens } } as unknown as Connection;
}

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  } as unknown as Storage;
}

const noFile = () => Promise.reject(new Error('no file is picked in this test'));
const state = (storage = memoryStorage()) => new CompareState(connect(), noFile, storage);

describe('CompareState', () => {
  it('counts the text with the tokenizers of the list, and again when one is added', async () => {
    const compare = state();
    compare.look('le chat dort');
    await vi.waitFor(() => expect(compare.text.shown?.rows[0]?.state).toBe('done'));
    expect(compare.text.shown?.counts?.wordCount).toBe(3);
    const path = wordTokenizer(temporaryFolder(), ['le', 'chat', 'dort']);
    expect(await compare.tokenizers.add({ kind: 'file', path })).toBe(true);
    await vi.waitFor(() => expect(compare.text.shown?.rows[1]).toMatchObject({ state: 'done', tokenCount: 3 }));
    const [, second] = compare.tokenizers.list;
    if (second) compare.tokenizers.remove(second);
    await vi.waitFor(() => expect(compare.text.shown?.rows).toHaveLength(1));
    compare.look('');
    await vi.waitFor(() => expect(compare.text.shown).toBeNull());
  });

  it('says why a tokenizer cannot be added, and leaves the list as it is', async () => {
    const { tokenizers } = state();
    expect(await tokenizers.add({ kind: 'file', path: '/nowhere/tokenizer.json' })).toBe(false);
    expect(tokenizers.error?.code).toBe('TOKENIZER_INVALID');
    expect(tokenizers.list).toHaveLength(1);
  });

  it('adds none twice, remembers them all, and never the last one away', async () => {
    const storage = memoryStorage();
    const path = wordTokenizer(temporaryFolder(), ['le']);
    const { tokenizers } = state(storage);
    await tokenizers.add({ kind: 'file', path });
    await tokenizers.add({ kind: 'file', path });
    expect(tokenizers.list).toHaveLength(2);
    const again = state(storage).tokenizers;
    expect(again.list).toEqual(tokenizers.list);
    for (const entry of again.list) again.remove(entry);
    expect(again.list).toHaveLength(1);
  });

  it('begins anew where what it remembers cannot be read', () => {
    const storage = memoryStorage();
    storage.setItem('lucie.compared-tokenizers', '[{"source":{"kind":"magic"}}]');
    expect(state(storage).tokenizers.list).toMatchObject([{ source: { kind: 'chosen' } }]);
  });

  it('counts a folder, and can be stopped', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'fr'));
    writeFileSync(join(folder, 'fr', 'a.txt'), 'le chat');
    const compare = state();
    await compare.files.run(folder, compare.tokenizers.list);
    expect(compare.files.result).toMatchObject({ languages: [{ language: 'fr' }], skippedCount: 0 });
    expect(compare.files.running).toBeNull();
    const stopped = compare.files.run(folder, compare.tokenizers.list);
    compare.files.cancel();
    await stopped;
    expect([compare.files.result, compare.files.error, compare.files.running]).toEqual([null, null, null]);
    await compare.files.run('/nowhere/at/all', compare.tokenizers.list);
    expect(compare.files.error?.code).toBe('FILE_NOT_FOUND');
  });
});
