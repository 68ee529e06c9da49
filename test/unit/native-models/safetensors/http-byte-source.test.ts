import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HttpByteSource } from '../../../../native-models/safetensors/http-byte-source.ts';
import { serveFolder, type Fault } from '../../../fixtures/range-server.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const size = 5_000_000;
const content = Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
const quick = { firstDelayMs: 1, attempts: 4, stallMs: 300 };

async function openServed(fault?: Fault, headers?: Record<string, string>) {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'w.safetensors'), content);
  const server = await serveFolder(folder, { ...(fault ? { fault } : {}), ...(headers ? { headers } : {}) });
  const source = await HttpByteSource.open(`${server.address}w.safetensors`, quick);
  if (source === null) throw new Error('The server lacks the file.');
  return { server, source };
}

const part = (offset: number, length: number) => content.subarray(offset, offset + length);
/** Requests for bytes, not the one that identified the file. */
const reads = (requests: readonly { range: string | null }[]) => requests.filter(({ range }) => range !== 'bytes=0-0');

describe('HttpByteSource', () => {
  it('reads exactly what was asked for', async () => {
    const { source } = await openServed();
    expect(source.byteLength).toBe(size);
    for (const [offset, length] of [
      [0, 8],
      [8, 100_000],
      [3_000_000, 2_000_000],
      [size - 1, 1],
      [17, 0],
    ] as const) {
      expect(Buffer.from(await source.read(offset, length)).equals(part(offset, length)), `${offset}`).toBe(true);
    }
  });

  it('reads chunks that follow each other from one request, and small neighbours from one window', async () => {
    const { server, source } = await openServed();
    for (let at = 1_000_000; at < 4_000_000; at += 500_000) {
      expect(Buffer.from(await source.read(at, 500_000, { through: 4_000_000 })).equals(part(at, 500_000))).toBe(true);
    }
    expect(reads(server.requests)).toHaveLength(1);
    await source.read(0, 8);
    await source.read(8, 5000);
    await source.read(6000, 5000);
    expect(reads(server.requests)).toHaveLength(2);
    await source.close();
  });

  it('takes up a broken connection where it broke, and waits when told to', async () => {
    let broken = 0;
    const { server, source } = await openServed((request, response, count) => {
      if (request.range === 'bytes=0-0') return false;
      if (count === 2) return response.writeHead(429, { 'retry-after': '0' }).end() !== undefined;
      if (count === 3) return response.writeHead(503).end() !== undefined;
      if (broken >= 6) return false;
      broken++;
      const begin = Number(/\d+/.exec(request.range ?? '')?.[0]);
      response.writeHead(206, { 'content-range': `bytes ${begin}-${size - 1}/${size}`, etag: '"v1"' });
      response.write(part(begin, 300_000), () => setTimeout(() => response.destroy(), 20));
      return true;
    });
    expect(Buffer.from(await source.read(0, size)).equals(content)).toBe(true);
    const begins = reads(server.requests).map(({ range }) => Number(/\d+/.exec(range ?? '')?.[0]));
    expect(broken).toBe(6);
    expect(begins).toEqual(begins.toSorted((a, b) => a - b));
    expect(begins.at(-1)).toBeGreaterThan(1_000_000);
  });

  it('counts a connection that falls silent as broken', async () => {
    const { source } = await openServed((request, response, count) => {
      if (request.range === 'bytes=0-0' || count > 2) return false;
      response.writeHead(206, { 'content-range': `bytes 0-${size - 1}/${size}`, etag: '"v1"' });
      response.write(part(0, 10));
      return true;
    });
    expect(Buffer.from(await source.read(0, size)).equals(content)).toBe(true);
  });

  it.each<[string, Fault, string]>([
    [
      'the whole file in place of a range',
      (request, response) => request.range !== 'bytes=0-0' && response.writeHead(200).end(content) !== undefined,
      'source.network',
    ],
    [
      'another range',
      (request, response) => {
        if (request.range === 'bytes=0-0') return false;
        response.writeHead(206, { 'content-range': `bytes 5-${size - 1}/${size}` }).end(content);
        return true;
      },
      'source.network',
    ],
    [
      'another file',
      (request, response) => {
        if (request.range === 'bytes=0-0') return false;
        response.writeHead(206, { 'content-range': `bytes 0-9/10` }).end(content.subarray(0, 10));
        return true;
      },
      'source.changed',
    ],
    [
      'an unending failure',
      (request, response) => request.range !== 'bytes=0-0' && response.writeHead(500).end() !== undefined,
      'source.network',
    ],
    [
      'a refusal',
      (request, response) => request.range !== 'bytes=0-0' && response.writeHead(403).end() !== undefined,
      'source.missing',
    ],
  ])('says so when the server answers with %s', async (_, fault, code) => {
    const { source } = await openServed(fault);
    await expect(source.read(0, 2_000_000)).rejects.toMatchObject({ name: 'ExportError', code });
  });

  it('refuses a read beyond the end and a file that is not there', async () => {
    const { server, source } = await openServed();
    await expect(source.read(size - 4, 8)).rejects.toMatchObject({ code: 'safetensors.invalid' });
    expect(await HttpByteSource.open(`${server.address}absent`, quick)).toBeNull();
  });

  it('stops in the middle of a read when cancelled', async () => {
    const { source } = await openServed((request, response) => {
      if (request.range === 'bytes=0-0') return false;
      response.writeHead(206, { 'content-range': `bytes 0-${size - 1}/${size}`, etag: '"v1"' });
      response.write(part(0, 1000));
      return true;
    });
    const cancel = new AbortController();
    const read = source.read(0, size, { signal: cancel.signal });
    setTimeout(() => cancel.abort(), 50);
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('follows redirects, learns the hash from them and keeps the token from other origins', async () => {
    const sha256 = 'ab'.repeat(32);
    const folder = temporaryFolder();
    await writeFile(join(folder, 'w.safetensors'), content);
    const store = await serveFolder(folder);
    const hub = await serveFolder(folder, {
      fault: (request, response) => {
        const location = `${store.address}${request.file}`;
        const known = { location, 'x-linked-etag': `"${sha256}"`, 'x-repo-commit': 'c0ffee' };
        return response.writeHead(302, known).end() !== undefined;
      },
    });
    const headers = { authorization: 'Bearer secret' };
    const source = await HttpByteSource.open(`${hub.address}w.safetensors`, { ...quick, headers });
    expect(source?.identity).toMatchObject({ byteLength: size, sha256, commit: 'c0ffee' });
    expect(Buffer.from((await source?.read(10, 2_000_000)) ?? []).equals(part(10, 2_000_000))).toBe(true);
    expect(hub.requests.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true);
    expect(store.requests.map(({ authorization }) => authorization)).toEqual([null, null]);
  });
});
