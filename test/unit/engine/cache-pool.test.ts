import { describe, expect, it } from 'vitest';
import { CachePool, type CacheBackup } from '../../../main/engine/cache-pool.ts';
import { HostStorage } from '../../../main/engine/cache-storage.ts';
import { commonLength, KvCache } from '../../../main/engine/kv-cache.ts';
import { Random } from '../../../main/engine/sampling/random.ts';

const shape = { layers: 1, kvHeads: 1, headDim: 1 };
const stepBytes = new HostStorage(shape, 'float32').step * 2 * 4;
const ids = (count: number, first: number): number[] => Array.from({ length: count }, (_, i) => first + i);

function newPool(steps: number, backup: CacheBackup | null = null): CachePool {
  return new CachePool({
    newCache: () => new KvCache(shape, 'float32'),
    budgetBytes: steps * stepBytes,
    backup: () => backup,
  });
}

/** As a generation does: continues the prompt with an answer. */
async function ask(pool: CachePool, prompt: readonly number[], answer: readonly number[] = []) {
  const { cache, reuse } = await pool.take(prompt);
  expect(cache.ids).toEqual(prompt.slice(0, reuse.reusedTokens));
  const rest = [...prompt.slice(reuse.reusedTokens), ...answer];
  await cache.reserve(cache.length + rest.length);
  cache.accept(cache.length, rest);
  pool.trim();
  return { cache, reuse };
}

describe('CachePool', () => {
  it('continues a conversation', async () => {
    const pool = newPool(8);
    const first = await ask(pool, ids(50, 0), ids(40, 1_000));
    expect(first.reuse).toEqual({ reusedTokens: 0, source: 'none', reason: 'new', divergedAt: null });
    const next = await ask(pool, [...ids(50, 0), ...ids(40, 1_000), 7, 8]);
    expect(next.reuse).toEqual({ reusedTokens: 90, source: 'memory', reason: 'continued', divergedAt: null });
    expect(next.cache).toBe(first.cache);
    expect(pool.sequenceCount).toBe(1);
  });

  it('leaves the last token of a repeated prompt to be run, and keeps the answer that was given', async () => {
    const pool = newPool(8);
    await ask(pool, ids(50, 0), ids(60, 1_000));
    const again = await ask(pool, ids(50, 0));
    expect(again.reuse).toEqual({ reusedTokens: 49, source: 'memory', reason: 'repeated', divergedAt: null });
    expect(pool.sequenceCount).toBe(2);
    expect((await ask(pool, [...ids(50, 0), ...ids(60, 1_000), 5])).reuse.reusedTokens).toBe(110);
  });

  it('copies what two branches share, and says where they part', async () => {
    const pool = newPool(8);
    await ask(pool, ids(100, 0), ids(60, 1_000));
    const branch = await ask(pool, [...ids(70, 0), ...ids(9, 2_000)]);
    expect(branch.reuse).toEqual({ reusedTokens: 70, source: 'memory', reason: 'diverged', divergedAt: 70 });
    expect(pool.sequenceCount).toBe(2);
    expect((await ask(pool, [...ids(100, 0), ...ids(60, 1_000), 1])).reuse.reason).toBe('continued');
  });

  it('cuts a short end instead of copying', async () => {
    const pool = newPool(8);
    const first = await ask(pool, ids(100, 0), ids(10, 1_000));
    const edited = await ask(pool, [...ids(90, 0), 7]);
    expect(edited.cache).toBe(first.cache);
    expect(pool.sequenceCount).toBe(1);
  });

  it('gives another conversation a cache of its own, though both begin with the same header', async () => {
    const pool = newPool(8);
    await ask(pool, [...ids(6, 0), ...ids(100, 1_000)]);
    const other = await ask(pool, [...ids(6, 0), ...ids(80, 3_000)]);
    expect(other.reuse).toMatchObject({ reusedTokens: 0, source: 'none', reason: 'new' });
    expect((await ask(pool, [...ids(6, 0), ...ids(100, 1_000), 1])).reuse.reusedTokens).toBe(106);
  });

  it('gives up the least recently used, and says so when it is asked for again', async () => {
    const pool = newPool(2);
    const prompts = [ids(100, 0), ids(100, 1_000), ids(100, 2_000)];
    for (const prompt of prompts.slice(0, 2)) await ask(pool, prompt);
    await ask(pool, [...(prompts[0] ?? []), 5]);
    await ask(pool, prompts[2] ?? []);
    expect(pool.byteLength).toBeLessThanOrEqual(2 * stepBytes);
    expect((await pool.take([...(prompts[0] ?? []), 5, 6])).reuse.reusedTokens).toBe(101);
    expect((await ask(pool, prompts[1] ?? [])).reuse).toMatchObject({ reusedTokens: 0, reason: 'evicted' });
  });

  it('keeps the one in use however large, and cuts where two have no room', async () => {
    const pool = newPool(1);
    const first = await ask(pool, ids(600, 0));
    expect([pool.sequenceCount, pool.byteLength]).toEqual([1, 3 * stepBytes]);
    const branch = await ask(pool, ids(300, 0));
    expect(branch.cache).toBe(first.cache);
    expect(branch.reuse.reusedTokens).toBe(299);
  });

  it('never gives a cache that holds other ids than the prompt, whatever was asked before', async () => {
    const random = new Random(11);
    const below = (limit: number) => Math.floor(random.nextFloat() * limit);
    const pool = newPool(5);
    const histories = [ids(40, 0)];
    for (let round = 0; round < 300; round++) {
      const history = histories[below(histories.length)] ?? [];
      const prompt = [...history.slice(0, below(history.length + 1)), ...ids(1 + below(30), below(5) * 100)];
      const answer = ids(below(60), 5_000 + below(3));
      await ask(pool, prompt, answer);
      histories.push([...prompt, ...answer].slice(0, 900));
      expect(pool.sequenceCount === 1 || pool.byteLength <= 5 * stepBytes).toBe(true);
    }
  });

  it('saves what it gives up and takes it back', async () => {
    const saved: number[][] = [];
    const backup: CacheBackup = {
      longestPrefix: (prompt) => Math.max(0, ...saved.map((held) => commonLength(held, prompt))),
      restore: async (cache, prompt, length) => {
        await cache.reserve(length);
        cache.accept(0, prompt.slice(0, length));
        return true;
      },
      save: (cache) => {
        saved.push([...cache.ids]);
        return Promise.resolve();
      },
    };
    const pool = newPool(1, backup);
    await ask(pool, ids(100, 0));
    await ask(pool, ids(100, 1_000));
    expect(saved).toEqual([ids(100, 0)]);
    const back = await ask(pool, [...ids(100, 0), 3, 4]);
    expect(back.reuse).toEqual({ reusedTokens: 100, source: 'disk', reason: 'continued', divergedAt: null });
    await pool.close();
    expect(saved.length).toBe(3);
  });
});
