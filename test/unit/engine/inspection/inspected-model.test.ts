import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inspectedModel } from '../../../../main/engine/inspection/inspected-model.ts';
import { readModelConfig } from '../../../../main/engine/model-config.ts';
import { encodeModel, GraphBuilder } from '../../../../native-models/graphs.ts';
import { scriptedModel } from '../../../fixtures/scripted-engine.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const demoFolder = resolve(import.meta.dirname, '../../../../native-models/demo/lucie-demo');

async function partsIn(folder: string) {
  const model = { config: await readModelConfig(demoFolder) };
  return { description: { ...scriptedModel, folder }, model, tokenizer: { pieceOf: String } };
}

function folderWith(graph: Uint8Array): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'onnx'));
  writeFileSync(join(folder, scriptedModel.file), graph);
  return folder;
}

test('a graph of this exporter is taken apart', async () => {
  const { graph, place } = await inspectedModel(await partsIn(demoFolder));
  expect(graph.layers).toBe(4);
  expect(place.graphFolder).toBe(join(demoFolder, 'onnx'));
});

test('a graph of another form is refused in the family of errors', async () => {
  const other = new GraphBuilder();
  other.input('value', 'float32', [1]);
  other.node('Add', { name: 'sum', inputs: ['value', 'value'], outputs: ['sum'] });
  other.output('sum', 'float32', [1]);
  const parts = await partsIn(folderWith(encodeModel(other.build('other', '', new Map()))));
  await expect(inspectedModel(parts)).rejects.toMatchObject({ code: 'INSPECTION_UNSUPPORTED' });
});

test('a graph that carries gigabytes of weights is refused before it is read', async () => {
  const folder = folderWith(new Uint8Array());
  truncateSync(join(folder, scriptedModel.file), 2 ** 31);
  await expect(inspectedModel(await partsIn(folder))).rejects.toMatchObject({
    code: 'INSPECTION_UNSUPPORTED',
    message: expect.stringContaining('carries its weights') as string,
  });
});
