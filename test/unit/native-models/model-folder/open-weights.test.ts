import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localSource } from '../../../../native-models/model-folder/local-source.ts';
import { openWeights } from '../../../../native-models/model-folder/open-weights.ts';
import { encodeSafetensors, writeTinyLlama } from '../../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

async function sharded(): Promise<string> {
  const folder = temporaryFolder();
  await writeTinyLlama(folder, { shards: 3, layers: 1 });
  return folder;
}

const indexPath = (folder: string) => join(folder, 'model.safetensors.index.json');
const shard = (n: number) => `model-0000${n}-of-00003.safetensors`;

async function changeIndex(folder: string, change: (map: Record<string, string>) => void): Promise<void> {
  const index = JSON.parse(await readFile(indexPath(folder), 'utf8')) as { weight_map: Record<string, string> };
  change(index.weight_map);
  await writeFile(indexPath(folder), JSON.stringify(index));
}

const one = Float32Array.of(1);
const tensorNamed = (name: string) =>
  encodeSafetensors([{ name, dtype: 'F32', shape: [1], bytes: new Uint8Array(one.buffer) }]);

describe('openWeights', () => {
  it('finds every tensor in its shard, and knows which nobody asked for', async () => {
    const folder = await sharded();
    const weights = await openWeights(localSource(folder));
    expect([...weights.identities.keys()]).toEqual([shard(1), shard(2), shard(3)]);
    const whole = temporaryFolder();
    await writeTinyLlama(whole, { layers: 1 });
    const single = await openWeights(localSource(whole));
    for (const name of ['model.norm.weight', 'model.layers.0.input_layernorm.weight']) {
      expect(await weights.tensor(name, [64]).read()).toEqual(await single.tensor(name, [64]).read());
    }
    expect(weights.ignored).toContain('lm_head.weight');
    expect(weights.ignored).not.toContain('model.norm.weight');
    await weights.close();
    await single.close();
  });

  it.each<[string, string, RegExp, (folder: string) => Promise<unknown>]>([
    ['a shard that is not there', 'source.missing', /00002-of-00003/, (folder) => rm(join(folder, shard(2)))],
    [
      'a tensor that its shard lacks',
      'tensor.missing',
      /"lm_head\.weight" is in model-00001/,
      (folder) => changeIndex(folder, (map) => (map['lm_head.weight'] = shard(1))),
    ],
    [
      'a tensor in two shards',
      'safetensors.invalid',
      /"model\.norm\.weight" is in .* another shard/,
      async (folder) => {
        await writeFile(join(folder, 'extra.safetensors'), tensorNamed('model.norm.weight'));
        await changeIndex(folder, (map) => (map['extra'] = 'extra.safetensors'));
      },
    ],
    [
      'a shard outside the folder',
      'safetensors.invalid',
      /without a folder/,
      (folder) => changeIndex(folder, (map) => (map['lm_head.weight'] = '../model.safetensors')),
    ],
    ['an index that is none', 'safetensors.invalid', /weight_map/, (folder) => writeFile(indexPath(folder), '{}')],
    ['an index that is not JSON', 'config.invalid', /not a JSON object/, (folder) => writeFile(indexPath(folder), '[')],
    [
      'only pickles',
      'source.unsafe',
      /pytorch_model\.bin, a PyTorch pickle/,
      async (folder) => {
        await rm(indexPath(folder));
        await writeFile(join(folder, 'pytorch_model.bin'), '');
      },
    ],
    [
      'no weights at all',
      'source.missing',
      /holds no model\.safetensors/,
      (folder) => rename(indexPath(folder), `${indexPath(folder)}.old`),
    ],
  ])('refuses %s', async (_, code, message, damage) => {
    const folder = await sharded();
    await damage(folder);
    const opened = openWeights(localSource(folder));
    await expect(opened).rejects.toMatchObject({ name: 'ExportError', code });
    await expect(opened).rejects.toThrow(message);
  });
});
