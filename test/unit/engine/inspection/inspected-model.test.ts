import { cpSync, mkdirSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inspectedModel } from '../../../../main/engine/inspection/inspected-model.ts';
import { readModelConfig } from '../../../../main/engine/model-config.ts';
import { findModelFile } from '../../../../main/engine/model-files.ts';
import { encodeModel, GraphBuilder } from '../../../../native-models/graphs.ts';
import { scriptedModel } from '../../../fixtures/scripted-engine.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const demoFolder = resolve(import.meta.dirname, '../../../../native-models/demo/lucie-demo');

async function partsIn(folder: string, weightBytes?: number) {
  const model = { config: await readModelConfig(demoFolder) };
  const opened = weightBytes ?? (await findModelFile(folder, [scriptedModel.file])).byteLength;
  return { description: { ...scriptedModel, folder, weightBytes: opened }, model, tokenizer: { pieceOf: String } };
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
  await expect(inspectedModel(await partsIn(folder, 2 ** 31))).rejects.toMatchObject({
    code: 'INSPECTION_UNSUPPORTED',
    message: expect.stringContaining('carries its weights') as string,
  });
});

test('weights that were exchanged since the model was opened are not read', async () => {
  const folder = temporaryFolder();
  cpSync(demoFolder, folder, { recursive: true });
  const parts = await partsIn(folder);
  const data = join(folder, `${scriptedModel.file}_data`);
  truncateSync(data, 100_000_000);
  await expect(inspectedModel(parts)).rejects.toMatchObject({ code: 'MODEL_FILE_CORRUPT' });
  unlinkSync(data);
  await expect(inspectedModel(parts)).rejects.toMatchObject({ code: 'MODEL_FILE_MISSING' });
  symlinkSync(join(demoFolder, `${scriptedModel.file}_data`), data);
  await expect(inspectedModel(parts)).rejects.toMatchObject({ code: 'MODEL_FILE_UNSAFE' });
});
