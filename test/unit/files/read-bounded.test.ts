import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readModelConfig } from '../../../main/engine/model-config.ts';
import { readBounded } from '../../../main/files/read-bounded.ts';
import { describeModelFolder } from '../../../main/models/model-folder.ts';
import { Tokenizer } from '../../../main/tokenizer/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

describe('readBounded', () => {
  it('reads a file up to the limit, and no larger one', async () => {
    const path = join(temporaryFolder(), 'config.json');
    await writeFile(path, 'été');
    expect(await readBounded(path, 5)).toBe('été');
    await expect(readBounded(path, 4)).rejects.toMatchObject({
      code: 'MODEL_FILE_UNSAFE',
      message: expect.stringContaining('has 5 bytes; at most 4 are read') as string,
    });
    await expect(readBounded(`${path}.not`, 4)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['config.json', 'generation_config.json', 'tokenizer.json'])(
    'does not wait for a pipe in place of %s',
    async (name) => {
      const folder = temporaryFolder();
      const config = { model_type: 'llama', vocab_size: 1, hidden_size: 1, intermediate_size: 1, num_hidden_layers: 1 };
      const rest = { num_attention_heads: 1, max_position_embeddings: 1 };
      if (name !== 'config.json') await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, ...rest }));
      execFileSync('mkfifo', [join(folder, name)]);
      const read = name === 'tokenizer.json' ? Tokenizer.load(folder) : readModelConfig(folder);
      await expect(read).rejects.toMatchObject({ code: 'MODEL_FILE_UNSAFE', details: { file: join(folder, name) } });
    },
  );

  it('says in the list what is wrong with a folder', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'config.json'));
    const { problem } = await describeModelFolder(folder, { id: folder, embedded: false, removable: false });
    expect(problem?.code).toMatch(/^MODEL_FILE_/);
  });
});
