/** Conversion straight from a server: the bytes of a conversion from disk, whatever the network does. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportModel } from '../../../native-models/export.ts';
import { writeTinyLlama, type TinyLlamaOptions } from '../../fixtures/reference/tiny-llama.ts';
import { serveFolder, type Fault } from '../../fixtures/range-server.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const http = { firstDelayMs: 1, attempts: 3, stallMs: 500 };
/** Verification reads sampled rows again, which is not what these tests count. */
const unverified = { http, verification: 'skip' } as const;

/** Some megabytes, so that connections can be cut in the middle. */
const larger = { layers: 4, hiddenSize: 256, vocabularySize: 4000 };

const sha256Of = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

async function served(options: TinyLlamaOptions, fault?: Fault, revision = 'main') {
  const folder = temporaryFolder();
  const source = join(folder, 'source');
  await writeTinyLlama(source, options);
  const headers = { 'x-repo-commit': 'c0ffee' };
  const server = await serveFolder(source, { revision, headers, listsHashes: true, ...(fault ? { fault } : {}) });
  return { server, source, output: join(folder, 'output'), local: join(folder, 'local') };
}

const readJson = async (folder: string, name: string) =>
  JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>;

describe('exportModel from an address', () => {
  it('gives the graph and weights that a folder gives, and says where they come from', async () => {
    let failures = 0;
    const { server, source, output, local } = await served(
      { shards: 2, inverseFrequencies: true, type: 'BF16' },
      (_, response) => ++failures % 3 === 0 && response.writeHead(503).end() !== undefined,
    );
    const report = await exportModel({ sourceFolder: server.address, outputFolder: output, variants: ['q4'], http });
    await exportModel({ sourceFolder: source, outputFolder: local, variants: ['q4'] });
    for (const name of ['onnx/model_q4.onnx', 'onnx/model_q4.onnx_data', 'config.json', 'genai_config.json']) {
      expect((await readFile(join(output, name))).equals(await readFile(join(local, name))), name).toBe(true);
    }
    expect(report.ignoredTensors).toHaveLength(2);
    const [shard] = (await readdir(source)).filter((name) => name.startsWith('model-00001'));
    const sha256 = await sha256Of(join(source, shard ?? ''));
    expect(await readJson(output, 'workbench.json')).toMatchObject({
      source: {
        origin: { repository: 'owner/name', revision: 'c0ffee' },
        revision: 'main',
        files: { 'model-00001-of-00002.safetensors': { sha256 } },
        ignoredTensors: report.ignoredTensors,
      },
    });
    expect(await readdir(output)).not.toContain('.export');
  });

  it('puts right the configuration of an extension checkpoint, in every file', async () => {
    const config = { rope_theta: 5e5, max_position_embeddings: 4096 };
    const { server, output } = await served({ config }, undefined, 'extension_step0000500');
    const { overrides } = await exportModel({
      sourceFolder: server.address.slice(0, -1),
      outputFolder: output,
      variants: ['q4'],
      http,
    });
    expect(overrides.map(({ to }) => to)).toEqual([2e7, 32_000]);
    expect(await readJson(output, 'config.json')).toMatchObject({ rope_theta: 2e7, max_position_embeddings: 32_000 });
    expect(await readJson(output, 'genai_config.json')).toMatchObject({ model: { context_length: 32_000 } });
    expect(await readJson(output, 'workbench.json')).toMatchObject({
      source: {
        revision: 'extension_step0000500',
        overrides: [
          { from: 5e5, to: 2e7 },
          { from: 4096, to: 32_000 },
        ],
      },
    });
  });

  it('keeps what it has when the network fails for good, and goes on from there', async () => {
    let broken = true;
    const { server, source, output, local } = await served(larger, async (request, response) => {
      if (!broken || request.file !== 'model.safetensors' || request.range === 'bytes=0-0') return false;
      const content = await readFile(join(source, request.file));
      const [begin = 0, last = 0] = (request.range ?? '').match(/\d+/g)?.map(Number) ?? [];
      if (begin >= 5_000_000) return response.writeHead(500).end() !== undefined;
      if (last < 5_000_000) return false;
      // The connection ends in the middle, and nothing comes after it.
      const range = `bytes ${begin}-${last}/${content.byteLength}`;
      response.writeHead(206, { 'content-range': range, etag: '"v1"' }).write(content.subarray(begin, 5_000_000));
      setTimeout(() => response.destroy(), 50);
      return true;
    });
    const request = { outputFolder: output, variants: ['q4'], interrupted: 'keep', ...unverified } as const;
    await expect(exportModel({ ...request, sourceFolder: server.address })).rejects.toMatchObject({
      code: 'source.network',
    });
    expect(await readdir(output)).toEqual(['.export']);
    broken = false;
    const before = server.bytesServed();
    await exportModel({ ...request, sourceFolder: server.address });
    const { byteLength } = await readFile(join(source, 'model.safetensors'));
    expect(server.bytesServed() - before).toBeLessThan(byteLength - 3_000_000);
    await exportModel({ sourceFolder: source, outputFolder: local, variants: ['q4'] });
    for (const name of ['onnx/model_q4.onnx_data', 'config.json']) {
      expect((await readFile(join(output, name))).equals(await readFile(join(local, name))), name).toBe(true);
    }
  });

  it('reads every file once, from start to end in one request, for as many variants as are made of it', async () => {
    const { server, source, output } = await served({ ...larger, shards: 2, inverseFrequencies: true });
    const variants = ['q4', 'q4f16'] as const;
    await exportModel({ sourceFolder: server.address, outputFolder: output, variants, ...unverified });
    for (const file of (await readdir(source)).filter((name) => name.endsWith('.safetensors'))) {
      const ranges = server.requests.filter((request) => request.file === file).map(({ range }) => range);
      // What identifies it, its header with a window around it, and all the rest.
      expect(ranges.length, ranges.join()).toBeLessThanOrEqual(3);
    }
  });

  it('compares what came with the published hash, and keeps nothing of what is another', async () => {
    const { server, source, output } = await served(larger, async (request, response) => {
      if (request.file !== 'model.safetensors' || request.range === 'bytes=0-0') return false;
      const content = await readFile(join(source, request.file));
      const at = content.byteLength - 1_000;
      content[at] = (content[at] as number) ^ 1;
      const [, first = '0', last = '0'] = /(\d+)-(\d+)/.exec(request.range ?? '') ?? [];
      const body = content.subarray(Number(first), Number(last) + 1);
      const range = `bytes ${first}-${last}/${content.byteLength}`;
      return response.writeHead(206, { 'content-range': range, etag: '"v1"' }).end(body) !== undefined;
    });
    const request = { sourceFolder: server.address, outputFolder: output, variants: ['q4'], http } as const;
    const expected = await sha256Of(join(source, 'model.safetensors'));
    await expect(exportModel({ ...request, interrupted: 'keep' })).rejects.toMatchObject({
      code: 'source.changed',
      details: { expected },
    });
    await expect(readdir(output)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses before it writes anything when the disk has too little room', async () => {
    const vocabularySize = 2 ** 40;
    const config = { tie_word_embeddings: true, vocab_size: vocabularySize };
    const { server, output } = await served({ layers: 1, config }, async (request, response) => {
      if (request.file !== 'model.safetensors') return false;
      const file = await readFile(join(source, request.file));
      const { start, total } = withEmbeddingRows(file, vocabularySize);
      const [, first = '0', last = '0'] = /(\d+)-(\d+)/.exec(request.range ?? '') ?? [];
      const body = Buffer.concat([start, Buffer.alloc(1 << 20)]).subarray(Number(first), Number(last) + 1);
      const range = `bytes ${first}-${Number(first) + body.byteLength - 1}/${total}`;
      return response.writeHead(206, { 'content-range': range }).end(body) !== undefined;
    });
    const source = join(output, '..', 'source');
    const exported = exportModel({ sourceFolder: server.address, outputFolder: output, variants: ['q4'], http });
    await expect(exported).rejects.toMatchObject({ code: 'disk.full' });
    await expect(readdir(output)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says what is wrong with an address that holds no model', async () => {
    const folder = temporaryFolder();
    const { address } = await serveFolder(folder);
    const exported = exportModel({ sourceFolder: address, outputFolder: join(folder, 'o'), variants: ['q4'], http });
    await expect(exported).rejects.toMatchObject({ code: 'source.missing', details: { file: 'config.json' } });
  });
});

/** The header of a weights file, with an embedding of `rows` rows as its last tensor; and the length of such a file. */
function withEmbeddingRows(file: Buffer, rows: number): { start: Buffer; total: number } {
  const parsed = JSON.parse(file.toString('utf8', 8, 8 + Number(file.readBigUInt64LE(0)))) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  const { 'model.embed_tokens.weight': embedding, __metadata__: _, ...others } = parsed;
  if (embedding === undefined) throw new Error('The file holds no embedding.');
  const [, columns = 0] = embedding.shape;
  let end = 0;
  const placed = Object.entries({ ...others, 'model.embed_tokens.weight': { ...embedding, shape: [rows, columns] } });
  const header = placed.map(([name, { dtype, shape }]) => {
    const begin = end;
    end += shape.reduce((product, size) => product * size, 4);
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const json = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.byteLength));
  return { start: Buffer.concat([length, json]), total: 8 + json.byteLength + end };
}
