import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Catalogue } from '../../../main/models/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const config = {
  model_type: 'llama',
  architectures: ['LlamaForCausalLM'],
  vocab_size: 100,
  hidden_size: 8,
  num_hidden_layers: 2,
  max_position_embeddings: 32,
};

function modelFolder(path: string, change: object = {}): string {
  mkdirSync(join(path, 'onnx'), { recursive: true });
  writeFileSync(join(path, 'config.json'), JSON.stringify({ ...config, ...change }));
  writeFileSync(join(path, 'onnx', 'model_q4.onnx'), 'x'.repeat(10));
  writeFileSync(join(path, 'onnx', 'model_q4.onnx_data'), 'x'.repeat(100));
  return path;
}

test('the embedded model comes first, then every model folder below the folders of the user, each once', async () => {
  const root = temporaryFolder();
  const embedded = modelFolder(join(root, 'demo'));
  const one = modelFolder(join(root, 'models', 'one'));
  modelFolder(join(root, 'models', 'two'));
  mkdirSync(join(root, 'models', 'notes'));
  const models = await new Catalogue(embedded, () => [join(root, 'models'), one]).list();
  expect(models.map(({ name, embedded: isEmbedded }) => [name, isEmbedded])).toEqual([
    ['demo', true],
    ['one', false],
    ['two', false],
  ]);
  expect(models[0]).toMatchObject({
    architecture: 'LlamaForCausalLM',
    contextLength: 32,
    files: [{ name: 'onnx/model_q4.onnx', byteLength: 110, quantisation: null }],
    problem: null,
  });
});

test('what is wrong with a folder is said, and the others are listed all the same', async () => {
  const root = temporaryFolder();
  const withoutGraph = join(root, 'without-graph');
  mkdirSync(withoutGraph);
  writeFileSync(join(withoutGraph, 'config.json'), JSON.stringify(config));
  const damaged = modelFolder(join(root, 'damaged'), { vocab_size: 'many' });
  const gone = join(root, 'gone');
  const models = await new Catalogue(modelFolder(join(root, 'demo')), () => [withoutGraph, damaged, gone]).list();
  expect(models.map(({ problem }) => problem?.code)).toEqual([
    undefined,
    'MODEL_FILE_MISSING',
    'MODEL_FILE_CORRUPT',
    'MODEL_FILE_MISSING',
  ]);
  expect(models[3]?.problem?.message).toContain(gone);
});

test('an id is a listed model or the path of a model folder; anything else is refused by name', async () => {
  const root = temporaryFolder();
  const embedded = modelFolder(join(root, 'demo'));
  const other = modelFolder(join(root, 'other'));
  const catalogue = new Catalogue(embedded, () => []);
  expect(await catalogue.folderOf('lucie-demo')).toBe(embedded);
  expect(await catalogue.folderOf(other)).toBe(other);
  await expect(catalogue.folderOf('mistral')).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    details: { model: 'mistral' },
  });
});

test('models of the hub are found as owner/name/revision and named so; a half-downloaded one is not there yet', async () => {
  const root = temporaryFolder();
  const embedded = modelFolder(join(root, 'demo'));
  const pulled = join(root, 'data', 'models');
  expect((await new Catalogue(embedded, () => [], pulled).list()).map(({ name }) => name)).toEqual(['demo']);
  const lucie = modelFolder(join(pulled, 'OpenLLM-France', 'Lucie-7B', 'main'));
  const checkpoint = modelFolder(join(pulled, 'OpenLLM-France', 'Lucie-7B', 'step0005000'));
  const half = join(pulled, 'OpenLLM-France', 'Lucie-7B-Instruct', 'main');
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, 'config.json.part'), JSON.stringify(config));
  const own = modelFolder(join(pulled, 'my-model'));
  const models = await new Catalogue(embedded, () => [join(pulled, 'OpenLLM-France', 'Lucie-7B')], pulled).list();
  expect(models.slice(1).map(({ id, name }) => [id, name])).toEqual([
    [lucie, 'OpenLLM-France/Lucie-7B@main'],
    [checkpoint, 'OpenLLM-France/Lucie-7B@step0005000'],
    [own, 'my-model'],
  ]);
});
