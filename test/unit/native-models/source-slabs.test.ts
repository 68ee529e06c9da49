import { describe, expect, it } from 'vitest';
import { SlabReader, type Slab } from '../../../native-models/source-slabs.ts';
import { memoryTensor } from './tiny-graph.ts';

/** 5 MB: several slabs. */
const rows = 1_300;
const columns = 1_024;
const values = Float32Array.from({ length: rows * columns }, (_, i) => i);

async function gather(slabs: AsyncIterable<Slab>, pause: () => Promise<unknown> = () => Promise.resolve()) {
  const seen: Slab[] = [];
  for await (const slab of slabs) {
    seen.push(slab);
    await pause();
  }
  return seen;
}

function counted(limit = Infinity) {
  const tensor = memoryTensor('w', [rows, columns], values);
  const reads: [number, number][] = [];
  let reading = 0;
  return {
    reads,
    tensor: {
      ...tensor,
      readStoredRows: async (begin: number, end: number) => {
        expect(++reading).toBe(1);
        if (begin >= limit) throw new Error('unreadable');
        reads.push([begin, end]);
        await new Promise((resolve) => setTimeout(resolve, 1));
        reading--;
        return tensor.readStoredRows(begin, end);
      },
    },
  };
}

describe('SlabReader', () => {
  it('gives all rows in order to each of several, from one reading', async () => {
    const { tensor, reads } = counted();
    const reader = new SlabReader(tensor, 2);
    const slow = () => new Promise((resolve) => setTimeout(resolve, 3));
    const both = await Promise.all([gather(reader.slabs()), gather(reader.slabs(), slow)]);
    for (const slabs of both) {
      expect(Buffer.concat(slabs.map(({ bytes }) => bytes)).equals(new Uint8Array(values.buffer))).toBe(true);
      expect(slabs.map(({ begin, end }) => [begin, end])).toEqual(reads);
      expect(slabs.every((slab) => slab.bytes.byteLength <= 1 << 20)).toBe(true);
    }
    expect(reads.length).toBeGreaterThan(4);
  });

  it('takes a vector for one row', async () => {
    const vector = memoryTensor('norm', [7], Float32Array.from([1, 2, 3, 4, 5, 6, 7]));
    const [slab, ...others] = await gather(new SlabReader(vector, 1).slabs());
    expect(others).toEqual([]);
    expect(slab).toMatchObject({ begin: 0, end: 1, columns: 7, type: 'F32' });
  });

  it('never runs far ahead of the slowest, and ends when it is told to', async () => {
    const many = { ...counted().tensor, byteLength: 2 ** 40, readStoredRows: () => Promise.resolve(new Uint8Array(4)) };
    const stop = new AbortController();
    const reader = new SlabReader(many, 2, { signal: stop.signal });
    let ahead = 0;
    const first = (async () => {
      for await (const slab of reader.slabs()) ahead = slab.end;
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ahead).toBeGreaterThan(1);
    expect(ahead).toBeLessThan(100);
    stop.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('hands a failure to read to everyone', async () => {
    const reader = new SlabReader(counted(600).tensor, 2);
    const both = await Promise.allSettled([gather(reader.slabs()), gather(reader.slabs())]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
