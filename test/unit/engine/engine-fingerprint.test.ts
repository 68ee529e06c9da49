import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintOf } from '../../../main/engine/engine-fingerprint.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { embedded } from '../../fixtures/workbench.ts';

const file = 'onnx/model_q4.onnx';

function copyOfDemo(): string {
  const folder = join(temporaryFolder(), 'copy');
  cpSync(embedded.modelFolder, folder, { recursive: true, filter: (path) => !path.endsWith('.safetensors') });
  return folder;
}

it('is of the graph as it was when it was loaded, whatever becomes of the file', async () => {
  const folder = copyOfDemo();
  const fingerprint = await fingerprintOf(folder, file);
  writeFileSync(join(folder, file), 'another graph');
  const { graphSha256, runtime } = await fingerprint();
  expect(graphSha256).toBe('9cd7fd65bc45eeaae9dbc629182c0e03203f90d5ab9644e0f1a90e4c6320739f');
  expect(runtime).toMatchObject({ onnxruntime: '1.30.0', platform: process.platform, arch: process.arch });
  expect(runtime.processor).not.toBe('');
});

it('of a large graph is taken when it is wanted, and again where that failed', async () => {
  const folder = copyOfDemo();
  const graph = readFileSync(join(folder, file));
  truncateSync(join(folder, file), (64 << 20) + 1);
  const fingerprint = await fingerprintOf(folder, file);
  await expect(fingerprint()).rejects.toMatchObject({ code: 'MODEL_FILE_CORRUPT' });
  writeFileSync(join(folder, file), graph);
  expect((await fingerprint()).weights).toHaveLength(1);
});
