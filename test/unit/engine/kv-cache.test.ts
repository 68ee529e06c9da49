import type { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { HostStorage, type CacheData, type CacheType } from '../../../main/engine/cache-storage.ts';
import { cacheNames, KvCache } from '../../../main/engine/kv-cache.ts';

const shape = { layers: 2, kvHeads: 3, headDim: 2 };
const capacityStep = new HostStorage(shape, 'float32').step;

/** As a model does: writes into the memory of the outputs. Each value names its tensor, head, position and dimension. */
async function run(cache: KvCache, ids: readonly number[]): Promise<void> {
  const start = cache.length;
  await cache.reserve(start + ids.length);
  for (const [index, { present }] of cacheNames(shape.layers).entries()) {
    const tensor = cache.present()[present] as Tensor;
    for (let head = 0; head < shape.kvHeads; head++) {
      for (let position = start; position < start + ids.length; position++) {
        for (let i = 0; i < shape.headDim; i++) {
          const at = (head * cache.capacity + position) * shape.headDim + i;
          (tensor.data as Float32Array)[at] = valueOf(index, head, position, i);
        }
      }
    }
  }
  cache.accept(start, ids);
}

const valueOf = (tensor: number, head: number, position: number, i: number): number =>
  tensor * 30 + head * 12 + (position % 6) * 2 + i;

function expectHeld(cache: KvCache, type: CacheType = 'float32'): void {
  for (const [index, { past }] of cacheNames(shape.layers).entries()) {
    const tensor = cache.past()[past] as Tensor;
    expect(tensor.type).toBe(type);
    expect(tensor.dims).toEqual([1, shape.kvHeads, cache.capacity, shape.headDim]);
    for (let head = 0; head < shape.kvHeads; head++) {
      for (let position = 0; position < cache.length; position++) {
        const at = (head * cache.capacity + position) * shape.headDim;
        expect((tensor.data as Float32Array)[at + 1]).toBe(valueOf(index, head, position, 1));
      }
    }
  }
}

const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 5);

describe('KvCache', async () => {
  it('starts empty and without memory', async () => {
    const cache = new KvCache(shape, 'float32');
    expect([cache.length, cache.capacity, cache.byteLength]).toEqual([0, 0, 0]);
    expect(Object.keys(cache.past())).toEqual([
      'past_key_values.0.key',
      'past_key_values.0.value',
      'past_key_values.1.key',
      'past_key_values.1.value',
    ]);
    expect(Object.keys(cache.present())[0]).toBe('present.0.key');
  });

  it.each(['float32', 'int8'] as const)('gives the same memory as past and as present (%s)', async (type) => {
    const cache = new KvCache(shape, type);
    await run(cache, ids(3));
    expect(cache.past()['past_key_values.1.key']).toBe(cache.present()['present.1.key']);
    expectHeld(cache, type);
    expect(cache.byteLength).toBe(2 * 2 * 3 * 2 * capacityStep * (type === 'int8' ? 1 : 4));
  });

  it('keeps what it holds when it grows, and grows in steps', async () => {
    const cache = new KvCache(shape, 'float32');
    await run(cache, ids(5));
    expect(cache.capacity).toBe(capacityStep);
    const before = cache.past()['past_key_values.0.key'];
    await run(cache, ids(capacityStep - 5));
    expect(cache.past()['past_key_values.0.key']).toBe(before);
    await run(cache, ids(1));
    expect(cache.capacity).toBe(2 * capacityStep);
    expectHeld(cache);
  });

  it('forgets without copying, and is written over', async () => {
    const cache = new KvCache(shape, 'float32');
    await run(cache, ids(9));
    const memory = cache.past()['past_key_values.0.key'];
    cache.rewind(3);
    expect(cache.ids).toEqual([5, 6, 7]);
    cache.rewind(8);
    expect(cache.length).toBe(3);
    await run(cache, [90, 91]);
    expect(cache.ids).toEqual([5, 6, 7, 90, 91]);
    expect(cache.past()['past_key_values.0.key']).toBe(memory);
    expectHeld(cache);
  });

  it('takes rows that overlap what it holds', async () => {
    const cache = new KvCache(shape, 'float32');
    await run(cache, ids(4));
    cache.accept(3, [8, 77]);
    expect(cache.ids).toEqual([5, 6, 7, 8, 77]);
  });

  it('gives a copy that is changed without changing the first', async () => {
    const cache = new KvCache(shape, 'float32');
    await run(cache, ids(capacityStep + 9));
    const copy = await cache.fork(4);
    expect(copy.capacity).toBe(capacityStep);
    await run(copy, [90]);
    expect(copy.ids).toEqual([5, 6, 7, 8, 90]);
    expect(cache.length).toBe(capacityStep + 9);
    expectHeld(copy);
    expectHeld(cache);
  });

  it.each(['float32', 'int8', 'float16'] as const)('is filled with what another held (%s)', async (type) => {
    const cache = new KvCache(shape, type);
    await run(cache, ids(3));
    const held: CacheData[] = [];
    for await (const tensor of cache.contents()) held.push(tensor);
    expect(held.length).toBe(4);
    expect([...(held[1] ?? [])].slice(6, 12)).toEqual(
      [0, 1, 2].flatMap((position) => [0, 1].map((i) => valueOf(1, 1, position, i))),
    );
    const other = new KvCache(shape, type);
    let next = 0;
    await other.fill(cache.ids, () => Promise.resolve(held[next++] ?? new Int8Array()));
    expect(other.ids).toEqual(cache.ids);
    await run(other, [90]);
    expectHeld(other, type);
  });

  it('gives its memory back', async () => {
    const cache = new KvCache(shape, 'float32');
    await run(cache, ids(3));
    cache.dispose();
    expect([cache.length, cache.byteLength]).toEqual([0, 0]);
    await run(cache, ids(2));
    expectHeld(cache);
  });

  it('knows how much of a prompt it holds', async () => {
    const cache = new KvCache(shape, 'float32');
    await run(cache, [5, 6, 7]);
    expect(cache.commonPrefix([5, 6, 9])).toBe(2);
    expect(cache.commonPrefix([5, 6, 7, 8])).toBe(3);
    expect(cache.commonPrefix([])).toBe(0);
  });
});
