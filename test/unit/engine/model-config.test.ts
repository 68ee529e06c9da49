import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheBytesPerToken, parameterCount, readModelConfig } from '../../../main/engine/model-config.ts';

const lucie = {
  model_type: 'llama',
  vocab_size: 65_024,
  hidden_size: 4096,
  intermediate_size: 12_288,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  max_position_embeddings: 32_000,
  tie_word_embeddings: false,
  eos_token_id: 1,
};

describe('readModelConfig', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const write = (name: string, content: unknown): Promise<void> =>
    writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

  it("counts Lucie-7B's parameters and cache as the model card does", async () => {
    await write('config.json', lucie);
    const config = await readModelConfig(folder);
    expect(parameterCount(config)).toBe(6_706_958_336);
    expect(config.headDim).toBe(128);
    // 128 KiB a token at 16 bits.
    expect(cacheBytesPerToken(config)).toBe(2 * 128 * 1024);
    expect(cacheBytesPerToken(config, 'int8')).toBe((2 * 128 * 1024) / 4);
    expect(parameterCount({ ...config, tiedEmbeddings: true })).toBe(6_706_958_336 - 65_024 * 4096);
  });

  it('takes end ids from both files, one or several', async () => {
    await write('config.json', { ...lucie, eos_token_id: 1 });
    expect((await readModelConfig(folder)).endIds).toEqual([1]);
    await write('generation_config.json', { eos_token_id: [267, 1] });
    expect((await readModelConfig(folder)).endIds).toEqual([267, 1]);
  });

  it('names what is missing or wrong', async () => {
    await expect(readModelConfig(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_MISSING',
      details: { file: 'config.json' },
    });
    await write('config.json', '{');
    await expect(readModelConfig(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_CORRUPT',
      message: expect.stringContaining('not JSON'),
    });
    await write('config.json', { ...lucie, hidden_size: 'large', vocab_size: undefined });
    await expect(readModelConfig(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_CORRUPT',
      message: expect.stringMatching(/vocab_size.*hidden_size/),
    });
    await write('config.json', lucie);
    await write('generation_config.json', { eos_token_id: 'end' });
    await expect(readModelConfig(folder)).rejects.toMatchObject({ details: { file: 'generation_config.json' } });
  });
});
