import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { cacheNames, KvCache, type CacheType } from '../../../main/engine/kv-cache.ts';

const shape = { layers: 2, kvHeads: 3, headDim: 2 };

/** What a model would give: each value names its tensor, head, position and dimension. */
function outputs(length: number, type: CacheType = 'float32'): Record<string, Tensor> {
  return Object.fromEntries(
    cacheNames(shape.layers).map(({ present }, index) => {
      const size = shape.kvHeads * length * shape.headDim;
      const data = type === 'int8' ? new Int8Array(size) : new Float32Array(size);
      for (let i = 0; i < data.length; i++) {
        const head = Math.floor(i / (length * shape.headDim));
        const position = Math.floor(i / shape.headDim) % length;
        data[i] = index * 1000 + head * 100 + position * 10 + (i % shape.headDim);
      }
      return [present, new Tensor(type, data, [1, shape.kvHeads, length, shape.headDim])];
    }),
  );
}

describe('KvCache', () => {
  it('starts empty', () => {
    const cache = new KvCache(shape);
    expect(cache.length).toBe(0);
    expect(Object.keys(cache.past())).toEqual([
      'past_key_values.0.key',
      'past_key_values.0.value',
      'past_key_values.1.key',
      'past_key_values.1.value',
    ]);
    expect(cache.past()['past_key_values.0.key']?.dims).toEqual([1, 3, 0, 2]);
  });

  it('keeps exactly the first positions of every head when it goes back', () => {
    const cache = new KvCache(shape);
    cache.accept([5, 6, 7, 8, 9], outputs(5));
    cache.rewind(3);
    expect(cache.ids).toEqual([5, 6, 7]);
    const expected = outputs(3);
    for (const { past, present } of cacheNames(2)) {
      expect(cache.past()[past]?.dims).toEqual([1, 3, 3, 2]);
      expect(cache.past()[past]?.data).toEqual(expected[present]?.data);
    }
    cache.rewind(7);
    expect(cache.length).toBe(3);
    cache.rewind(0);
    expect(cache.past()['past_key_values.1.value']?.dims).toEqual([1, 3, 0, 2]);
  });

  it('goes back in an int8 cache, and stays one', () => {
    const cache = new KvCache(shape, 'int8');
    expect(cache.past()['past_key_values.0.key']?.type).toBe('int8');
    cache.accept([5, 6, 7, 8, 9], outputs(5, 'int8'));
    cache.rewind(2);
    for (const { past, present } of cacheNames(2)) {
      expect(cache.past()[past]?.type).toBe('int8');
      expect(cache.past()[past]?.data).toEqual(outputs(2, 'int8')[present]?.data);
    }
  });

  it('counts the ids that it shares with a prompt', () => {
    const cache = new KvCache(shape);
    cache.accept([5, 6, 7], outputs(3));
    expect(cache.commonPrefix([5, 6, 7, 8])).toBe(3);
    expect(cache.commonPrefix([5, 9, 7])).toBe(1);
    expect(cache.commonPrefix([5])).toBe(1);
    expect(cache.commonPrefix([])).toBe(0);
  });
});
