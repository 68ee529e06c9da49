import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recordedHashes } from '../../../main/files/recorded-hashes.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];

function folderWith(files: Record<string, unknown>): string {
  const folder = temporaryFolder();
  for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(value));
  return folder;
}

it('reads what a download recorded, SHA-256 only', async () => {
  const files = [
    { path: 'onnx/model.onnx_data', byteLength: 5, hash: { algorithm: 'sha256', value: a } },
    { path: 'config.json', byteLength: 2, hash: { algorithm: 'git-sha1', value: 'c'.repeat(40) } },
  ];
  const found = await recordedHashes(folderWith({ 'hub.json': { repository: 'a/b', files } }));
  expect([...found]).toEqual([['onnx/model.onnx_data', { byteLength: 5, sha256: a }]]);
});

it('takes the word of a conversion over that of the download it came from', async () => {
  const name = 'onnx/model_q4.onnx_data';
  const found = await recordedHashes(
    folderWith({
      'hub.json': { files: [{ path: name, byteLength: 5, hash: { algorithm: 'sha256', value: a } }] },
      'workbench.json': { files: { [name]: { byteLength: 6, sha256: b } } },
    }),
  );
  expect([...found]).toEqual([[name, { byteLength: 6, sha256: b }]]);
});

it('knows nothing where nothing can be read', async () => {
  const folder = folderWith({
    'hub.json': { files: 7 },
    'workbench.json': { files: { x: { byteLength: 1, sha256: 'no' } } },
  });
  expect((await recordedHashes(folder)).size).toBe(0);
  expect((await recordedHashes('/nowhere')).size).toBe(0);
});
