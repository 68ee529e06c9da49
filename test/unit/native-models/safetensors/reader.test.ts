import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileByteSource } from '../../../../native-models/safetensors/file-byte-source.ts';
import { SafetensorsReader } from '../../../../native-models/safetensors/reader.ts';
import { encodeSafetensors, type TestTensor } from '../../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const bytesOf = (array: { readonly buffer: ArrayBuffer }) => new Uint8Array(array.buffer);

const tensors: readonly TestTensor[] = [
  { name: 'odd', dtype: 'BF16', shape: [3], bytes: bytesOf(Uint16Array.of(0x3f80, 0xc000, 0x3e80)) },
  { name: 'half', dtype: 'F16', shape: [2], bytes: bytesOf(Uint16Array.of(0x3c00, 0xb800)) },
  { name: 'matrix', dtype: 'F32', shape: [2, 2], bytes: bytesOf(Float32Array.of(1, 2, 3, -4)) },
  { name: 'counts', dtype: 'I32', shape: [1], bytes: bytesOf(Int32Array.of(7)) },
];

async function openReader(): Promise<{ path: string; reader: SafetensorsReader }> {
  const path = join(temporaryFolder(), 'model.safetensors');
  await writeFile(path, encodeSafetensors(tensors));
  const reader = await SafetensorsReader.open(await FileByteSource.open(path));
  onTestFinished(() => reader.close());
  return { path, reader };
}

describe('SafetensorsReader', () => {
  it('reads every floating type as float32, wherever it lies', async () => {
    const { reader } = await openReader();
    expect([...(await reader.readFloat32('odd'))]).toEqual([1, -2, 0.25]);
    expect([...(await reader.readFloat32('half'))]).toEqual([1, -0.5]);
    expect([...(await reader.readFloat32('matrix'))]).toEqual([1, 2, 3, -4]);
  });

  it('refuses a type that holds no floats, a name that is absent and a shape that is another', async () => {
    const { reader } = await openReader();
    await expect(reader.readFloat32('counts')).rejects.toMatchObject({
      code: 'safetensors.unsupported',
      details: { tensor: 'counts', type: 'I32' },
    });
    expect(() => reader.entry('absent')).toThrow(expect.objectContaining({ code: 'tensor.missing' }));
    expect(() => reader.tensor('matrix', [4])).toThrow(/\[2, 2\]; config.json implies \[4\]/);
  });

  it('says where a file that shrank under it ends', async () => {
    const { path, reader } = await openReader();
    await truncate(path, reader.entry('matrix').offset + 5);
    await expect(reader.readFloat32('matrix')).rejects.toMatchObject({
      code: 'safetensors.invalid',
      details: { actual: 5 },
    });
  });

  it('names a file that cannot be opened', async () => {
    const path = join(temporaryFolder(), 'absent.safetensors');
    await expect(FileByteSource.open(path)).rejects.toMatchObject({ code: 'source.missing', details: { path } });
  });
});
