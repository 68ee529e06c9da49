import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ModelSummary } from '../../../main/contract/models.ts';
import { modelFingerprint } from '../../../main/files/model-fingerprint.ts';
import { folderOfReceipt } from '../../../main/receipt/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { embedded } from '../../fixtures/workbench.ts';
import { aReceipt } from './a-receipt.ts';

const file = 'onnx/model_q4.onnx';
const tokenizerSha256 = '5b78cb1c508c2d5a7569e7d6507e2271528d4be39877a2e9436279bd4c21097c';

function copyOfDemo(): string {
  const folder = join(temporaryFolder(), 'copy');
  cpSync(embedded.modelFolder, folder, { recursive: true, filter: (path) => !path.endsWith('.safetensors') });
  return folder;
}

const listed = (folders: string[]) => folders.map((folder) => ({ folder, files: [{ name: file }] }) as ModelSummary);

async function receiptOfDemo() {
  const receipt = aReceipt();
  Object.assign(receipt.model, { file, ...(await modelFingerprint(embedded.modelFolder, file)) });
  return { ...receipt, tokenizerSha256 };
}

it('takes hashes of weights from the record, where the length is still the same', async () => {
  const { weights } = await modelFingerprint(embedded.modelFolder, file);
  expect(weights).toEqual([
    {
      file: 'onnx/model_q4.onnx_data',
      byteLength: 3_997_696,
      sha256: '5e0d7594965337dbab4497f340409b43415af2498502b4b51e96274d64d13015',
    },
  ]);
  const folder = copyOfDemo();
  const path = join(folder, 'onnx/model_q4.onnx_data');
  writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(1)]));
  expect((await modelFingerprint(folder, file)).weights).toMatchObject([{ byteLength: 3_997_697, sha256: null }]);
});

it('prefers weights that are known to be the same to weights that nobody recorded', async () => {
  const unrecorded = copyOfDemo();
  writeFileSync(join(unrecorded, 'workbench.json'), '{}');
  const receipt = await receiptOfDemo();
  expect(await folderOfReceipt(receipt, listed([unrecorded, embedded.modelFolder]))).toBe(embedded.modelFolder);
  expect(await folderOfReceipt(receipt, listed([unrecorded]))).toBe(unrecorded);
});

it('passes over models whose weights, graph or tokenizer are others, and folders that cannot be read', async () => {
  const [graph, tokenizer, weights] = [copyOfDemo(), copyOfDemo(), copyOfDemo()];
  writeFileSync(join(graph, file), 'no graph');
  writeFileSync(join(tokenizer, 'tokenizer.json'), '{}');
  const record = join(weights, 'workbench.json');
  writeFileSync(record, readFileSync(record, 'utf8').replaceAll('5e0d7594', '00000000'));
  const models = listed([graph, tokenizer, weights, '/nowhere']);
  await expect(folderOfReceipt(await receiptOfDemo(), models)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});
