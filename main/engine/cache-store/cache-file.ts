/**
 * One sequence's keys and values in a file: a line of JSON that says what they belong to, the ids, the held positions tensor by
 * tensor (`[kvHeads, length, headDim]`), a checksum. Little-endian. A file is written beside its place and renamed when it is whole.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { replaceAtomically } from '../../files/write-atomically.ts';
import { cacheElementBytes, newCacheData } from '../cache-storage.ts';
import type { KvCache } from '../kv-cache.ts';

export const cacheFileExtension = '.kvcache';
const magic = 'lucie-kv-cache 1\n';
/** A line of JSON is no longer. */
const largestHeader = 4_096;
const checksumBytes = 4;

const headerSchema = z.object({
  /** Of the model and of what computes it: keys and values of another are worthless. */
  fingerprint: z.string(),
  type: z.enum(['float32', 'float16', 'int8']),
  layers: z.int().positive(),
  kvHeads: z.int().positive(),
  headDim: z.int().positive(),
  length: z.int().positive(),
});
export type CacheHeader = z.infer<typeof headerSchema>;

export interface CacheFile {
  header: CacheHeader;
  ids: number[];
  /** Where the tensors begin. */
  offset: number;
  byteLength: number;
}

/** Returns what `readCacheHeader` would read of it. */
export async function writeCacheFile(path: string, cache: KvCache, fingerprint: string): Promise<CacheFile> {
  const header: CacheHeader = { fingerprint, type: cache.type, ...shapeOf(cache), length: cache.length };
  const ids = [...cache.ids];
  const start = Buffer.from(`${magic}${JSON.stringify(header)}\n`);
  let checksum = 0;
  await replaceAtomically(path, async (file) => {
    const write = async (bytes: Uint8Array): Promise<void> => {
      checksum = crc32(bytes, checksum);
      await file.writeFile(bytes);
    };
    await write(start);
    await write(bytesOf(Int32Array.from(ids)));
    for await (const tensor of cache.contents()) await write(bytesOf(tensor));
    await file.writeFile(bytesOf(Uint32Array.of(checksum)));
  });
  return placed(header, ids, start.byteLength);
}

/** What a file holds, without its tensors; `null` where it is no cache file, or not all of one. */
export async function readCacheHeader(path: string): Promise<CacheFile | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await headerOf(file, size);
  } finally {
    await file.close();
  }
}

/**
 * Fills an empty cache; false, and the cache still empty, where the file is damaged, was changed or is of another model, and where the
 * signal is aborted.
 */
export async function readCacheFile(
  path: string,
  expected: CacheFile,
  cache: KvCache,
  signal?: AbortSignal,
): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const found = await headerOf(file, size);
    if (found === null || JSON.stringify(found) !== JSON.stringify(expected) || !isOf(cache, found.header))
      return false;
    const before = Buffer.alloc(found.offset);
    if (!(await readFully(file, before, 0))) return false;
    let checksum = crc32(before);
    let position = found.offset;
    let isWhole = true;
    const { type, kvHeads, headDim, length } = found.header;
    await cache.fill(found.ids, async () => {
      const tensor = newCacheData(type, kvHeads * length * headDim);
      const bytes = bytesOf(tensor);
      isWhole = isWhole && signal?.aborted !== true && (await readFully(file, bytes, position));
      checksum = crc32(bytes, checksum);
      position += bytes.byteLength;
      return tensor;
    });
    const stored = Buffer.alloc(checksumBytes);
    if (isWhole && (await readFully(file, stored, position)) && stored.readUInt32LE() === checksum) return true;
    cache.rewind(0);
    return false;
  } finally {
    await file.close();
  }
}

async function headerOf(file: FileHandle, size: number): Promise<CacheFile | null> {
  const start = Buffer.alloc(Math.min(size, largestHeader));
  if (!(await readFully(file, start, 0)) || start.toString('latin1', 0, magic.length) !== magic) return null;
  const end = start.indexOf('\n', magic.length);
  if (end === -1) return null;
  const header = parseHeader(start.toString('utf8', magic.length, end));
  if (header === null) return null;
  const found = placed(header, [], end + 1);
  if (size !== found.byteLength) return null;
  const ids = new Int32Array(header.length);
  return (await readFully(file, bytesOf(ids), end + 1)) ? { ...found, ids: [...ids] } : null;
}

/** Where the parts of a file lie whose ids begin at `start`. */
function placed(header: CacheHeader, ids: number[], start: number): CacheFile {
  const offset = start + header.length * Int32Array.BYTES_PER_ELEMENT;
  return { header, ids, offset, byteLength: offset + tensorBytes(header) + checksumBytes };
}

function parseHeader(text: string): CacheHeader | null {
  try {
    return headerSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function tensorBytes({ type, layers, kvHeads, headDim, length }: CacheHeader): number {
  return 2 * layers * kvHeads * headDim * length * cacheElementBytes(type);
}

function isOf(cache: KvCache, { type, layers, kvHeads, headDim }: CacheHeader): boolean {
  const { shape } = cache;
  return type === cache.type && layers === shape.layers && kvHeads === shape.kvHeads && headDim === shape.headDim;
}

function shapeOf({ shape }: KvCache): Pick<CacheHeader, 'layers' | 'kvHeads' | 'headDim'> {
  return { layers: shape.layers, kvHeads: shape.kvHeads, headDim: shape.headDim };
}

/** False where the file ends before. */
async function readFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<boolean> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesRead } = await file.read(bytes, done, bytes.byteLength - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
