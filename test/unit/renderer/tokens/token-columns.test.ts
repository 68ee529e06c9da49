import { describe, expect, it } from 'vitest';
import { packBytes, packUint32 } from '../../../../main/packing/pack-numbers.ts';
import { GrowingColumns } from '../../../../renderer/tokens/token-columns.ts';

const slice = (from: number, count: number) => {
  const numbers = Uint32Array.from({ length: count }, (_, i) => from + i);
  return {
    type: 'tokens' as const,
    ids: packUint32(numbers),
    starts: packUint32(numbers),
    ends: packUint32(numbers.map((value) => value + 1)),
    flags: packBytes(Uint8Array.from(numbers, (value) => value % 2)),
    vocabulary: [{ id: from, piece: `p${from}`, kind: 'normal' as const, bytes: '70', mergeRank: null }],
    done: from + count,
    total: 100_000,
  };
};

describe('GrowingColumns', () => {
  it('keeps what was told before, over many slices of any length', () => {
    const growing = new GrowingColumns();
    const seen = [];
    let total = 0;
    for (const count of [10, 4_086, 1, 0, 70_000]) {
      growing.append(slice(total, count));
      total += count;
      seen.push(growing.columns);
    }
    expect(seen.map(({ count }) => count)).toEqual([10, 4_096, 4_097, 4_097, 74_097]);
    for (const { count, ids, starts, ends, flags } of seen) {
      expect([ids.length, starts.length, ends.length, flags.length]).toEqual([count, count, count, count]);
      const last = count - 1;
      expect([ids[last], starts[last], ends[last], flags[last]]).toEqual([last, last, last + 1, last % 2]);
    }
    expect(seen.at(-1)?.vocabulary.get(4_097)?.piece).toBe('p4097');
  });
});
