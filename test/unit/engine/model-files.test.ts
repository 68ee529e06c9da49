import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findModelFile } from '../../../main/engine/model-files.ts';
import { externalTensor, graphWith, message, varint } from './onnx-bytes.ts';

describe('findModelFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'model-'));
    await mkdir(join(folder, 'onnx'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const graph = graphWith([externalTensor('model_q4.onnx_data', 16, 84)]);

  it('prefers the int4 graph and counts its data', async () => {
    await writeFile(join(folder, 'onnx/model.onnx'), graphWith([]));
    expect((await findModelFile(folder)).name).toBe('onnx/model.onnx');
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await writeFile(join(folder, 'onnx/model_q4.onnx_data'), Buffer.alloc(100));
    expect(await findModelFile(folder)).toEqual({
      name: 'onnx/model_q4.onnx',
      path: join(folder, 'onnx/model_q4.onnx'),
      graphBytes: graph.length,
      dataPaths: [join(folder, 'onnx/model_q4.onnx_data')],
      byteLength: graph.length + 100,
    });
  });

  it('prefers the int8 cache over the same data', async () => {
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await writeFile(join(folder, 'onnx/model_q4.onnx_data'), Buffer.alloc(100));
    await writeFile(join(folder, 'onnx/model_q4_kv8.onnx'), graph);
    expect(await findModelFile(folder)).toMatchObject({
      name: 'onnx/model_q4_kv8.onnx',
      byteLength: graph.length + 100,
    });
  });

  it('names the file that is missing', async () => {
    await expect(findModelFile(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_MISSING',
      message: expect.stringContaining('onnx/model_q4.onnx'),
    });
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_MISSING',
      details: { folder, file: join('onnx', 'model_q4.onnx_data') },
    });
  });

  it('notices files that are too short', async () => {
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph);
    await writeFile(join(folder, 'onnx/model_q4.onnx_data'), Buffer.alloc(99));
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_CORRUPT',
      message: expect.stringMatching(/has 99 bytes; .* refers to 100/),
    });
    await writeFile(join(folder, 'onnx/model_q4.onnx'), graph.subarray(0, graph.length - 3));
    await expect(findModelFile(folder)).rejects.toMatchObject({
      code: 'MODEL_FILE_CORRUPT',
      details: { file: 'onnx/model_q4.onnx' },
    });
  });

  describe('refuses before the runtime sees it:', () => {
    const at = (name: string) => join(folder, 'onnx', name);
    beforeEach(async () => {
      await writeFile(at('model_q4.onnx'), graph);
      await writeFile(at('model_q4.onnx_data'), Buffer.alloc(100));
    });
    const replace = async (name: string, put: (moved: string, path: string) => Promise<void>) => {
      await rename(at(name), join(folder, 'moved'));
      await put(join(folder, 'moved'), at(name));
    };
    const names = ['model_q4.onnx', 'model_q4.onnx_data'];
    const pipe = (_: string, path: string) => Promise.resolve(void execFileSync('mkfifo', [path]));
    const cases: [string, (name: string) => Promise<void>, RegExp][] = [
      ['a symbolic link', (name) => replace(name, symlink), /is a symbolic link/],
      ['a hard link', (name) => replace(name, link), /has 2 names/],
      ['a folder', (name) => replace(name, (_, path) => mkdir(path).then(() => undefined)), /is a folder, not a file/],
      ['a pipe', (name) => replace(name, pipe), /is a device, a pipe or a socket/],
      ['a link to a device', (name) => replace(name, (_, path) => symlink('/dev/zero', path)), /is a symbolic link/],
    ];
    it.each(cases.flatMap(([what, change, message]) => names.map((name) => [what, name, change, message] as const)))(
      '%s in place of %s',
      async (_, name, change, message) => {
        await change(name);
        await expect(findModelFile(folder)).rejects.toMatchObject({
          code: 'MODEL_FILE_UNSAFE',
          message: expect.stringMatching(message) as string,
          details: { file: expect.stringContaining(name) as string },
        });
      },
    );

    it('a folder on the way that is a link', async () => {
      await rename(join(folder, 'onnx'), join(folder, 'elsewhere'));
      await symlink('elsewhere', join(folder, 'onnx'));
      await expect(findModelFile(folder)).rejects.toMatchObject({
        code: 'MODEL_FILE_UNSAFE',
        action: expect.stringMatching(/real copy/) as string,
      });
    });

    it('data outside the folder, though the file is there', async () => {
      await writeFile(join(folder, 'outside'), Buffer.alloc(100));
      await writeFile(at('model_q4.onnx'), graphWith([externalTensor('../outside', 0, 100)]));
      await expect(findModelFile(folder)).rejects.toMatchObject({
        code: 'MODEL_FILE_UNSAFE',
        message: expect.stringMatching(/leads out of the folder/) as string,
      });
    });

    it('a graph of a size that none with its weights beside it has', async () => {
      const weights = 257 << 20;
      const inside = [...varint(9 * 8 + 2), ...varint(weights)];
      const tensor = [...varint(5 * 8 + 2), ...varint(inside.length + weights), ...inside];
      const beside = message(5, externalTensor('model_q4.onnx_data', 0, 100));
      const content = beside.length + tensor.length + weights;
      await writeFile(
        at('model_q4.onnx'),
        Buffer.from([...varint(7 * 8 + 2), ...varint(content), ...beside, ...tensor]),
      );
      const header = varint(7 * 8 + 2).length + varint(content).length;
      await truncate(at('model_q4.onnx'), header + content);
      await expect(findModelFile(folder)).rejects.toMatchObject({
        code: 'MODEL_FILE_UNSAFE',
        details: { limit: 256 << 20 },
      });
      await truncate(at('model_q4.onnx'), 2 ** 31);
      await expect(findModelFile(folder)).rejects.toMatchObject({ details: { limit: 2 ** 31 - 1 } });
    });

    it('but takes a model folder that is itself reached over a link', async () => {
      const alias = `${folder}-alias`;
      await symlink(folder, alias);
      try {
        expect((await findModelFile(alias)).name).toBe('onnx/model_q4.onnx');
      } finally {
        await rm(alias);
      }
    });
  });
});
