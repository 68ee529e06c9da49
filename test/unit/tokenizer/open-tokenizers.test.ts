import { cp, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenTokenizers } from '../../../main/tokenizer/open-tokenizers.ts';
import { embedded } from '../../fixtures/workbench.ts';

const demo = join(embedded.modelFolder, 'tokenizer.json');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lucie-tokenizers-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('OpenTokenizers', () => {
  it('reads a file once, and again when it was changed', async () => {
    const path = join(folder, 'copy.json');
    await cp(demo, path);
    const tokenizers = new OpenTokenizers();
    const first = await tokenizers.get(path);
    expect(await tokenizers.get(path)).toBe(first);
    await utimes(path, 1, 1);
    expect(await tokenizers.get(path)).not.toBe(first);
  });

  it('refuses what is no tokenizer, and reads it once it is put right', async () => {
    const path = join(folder, 'broken.json');
    const tokenizers = new OpenTokenizers();
    await expect(tokenizers.get(path)).rejects.toMatchObject({ code: 'TOKENIZER_INVALID' });
    await writeFile(path, '{}');
    await expect(tokenizers.get(path)).rejects.toMatchObject({ code: 'TOKENIZER_INVALID' });
    await cp(demo, path);
    expect((await tokenizers.get(path)).vocabularySize).toBeGreaterThan(0);
  });
});
