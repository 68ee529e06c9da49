import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import type { CompareFilesEvent } from '../../../main/contract/comparison.ts';
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import { tokenizerRouter } from '../../../main/tokenizer/router.ts';
import { ComparisonService, TokenizerSources } from '../../../main/tokens/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { wordTokenizer } from '../../fixtures/word-tokenizer.ts';
import { embedded } from '../../fixtures/workbench.ts';

function service(): ComparisonService {
  const client = createRouterClient(tokenizerRouter());
  const sources = new TokenizerSources({
    hubFolder: temporaryFolder(),
    folderOfModel: () => Promise.resolve(embedded.modelFolder),
  });
  return new ComparisonService({ client: () => client, sources });
}

/** The second one is not found, the third is not a tokenizer. */
function four(): TokenizerSource[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'broken.json'), '{}');
  return [
    { kind: 'chosen' },
    { kind: 'file', path: 'relative.json' },
    { kind: 'file', path: join(folder, 'broken.json') },
    { kind: 'file', path: wordTokenizer(folder, ['le', 'chat']) },
  ];
}

describe('ComparisonService', () => {
  it('tells results and failures at the places of the input', async () => {
    const seen: Record<number, string> = {};
    for await (const event of service().compare({ tokenizers: four(), text: 'le chat' })) {
      if (event.type === 'failed') seen[event.index] = event.error.code;
      if (event.type === 'tokenizer') seen[event.index] = `${event.tokenCount}`;
    }
    expect(seen).toMatchObject({ 1: 'INVALID_INPUT', 2: 'TOKENIZER_INVALID', 3: '2' });
    expect(Number(seen[0])).toBeGreaterThan(0);
  });

  it('gives files the columns of the input, without a number where a tokenizer failed', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'fr.txt'), 'le chat');
    const events: CompareFilesEvent[] = [];
    for await (const event of service().compareFiles({ tokenizers: four(), path: folder })) events.push(event);
    const end = events.at(-1);
    const tokens = [expect.any(Number), null, null, 2];
    expect(end).toMatchObject({ type: 'end', total: { tokens }, languages: [{ language: 'fr', tokens }] });
    expect(events.filter(({ type }) => type === 'file')).toMatchObject([{ file: { tokens } }]);
  });

  it('refuses a path that is not whole', async () => {
    const events = service().compareFiles({ tokenizers: [{ kind: 'chosen' }], path: 'texts' });
    await expect(events.next()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
