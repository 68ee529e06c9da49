import { diffArrays } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSequences, type AlignedBlock } from '../../../../../renderer/chat/side-by-side/align-sequences.ts';
import { SeededRandom } from '../../../../fixtures/seeded-random.ts';

const shared = (blocks: readonly AlignedBlock[]) =>
  blocks.reduce((sum, block) => sum + (block.isSame ? block.leftEnd - block.leftStart : 0), 0);

/** That the blocks follow each other without gaps, that same blocks are the same, and that either side can be had back. */
function checkBlocks(left: readonly number[], right: readonly number[], blocks: readonly AlignedBlock[]): void {
  const rebuilt = { left: [] as number[], right: [] as number[], fromLeft: [] as number[] };
  for (const { isSame, leftStart, leftEnd, rightStart, rightEnd } of blocks) {
    rebuilt.left.push(...left.slice(leftStart, leftEnd));
    rebuilt.right.push(...right.slice(rightStart, rightEnd));
    rebuilt.fromLeft.push(...(isSame ? left.slice(leftStart, leftEnd) : right.slice(rightStart, rightEnd)));
  }
  const begins = (block: AlignedBlock, at: number) => {
    const { leftEnd = 0, rightEnd = 0, isSame = !block.isSame } = blocks[at - 1] ?? {};
    return block.leftStart === leftEnd && block.rightStart === rightEnd && block.isSame !== isSame;
  };
  expect(blocks.filter((block, at) => !begins(block, at))).toEqual([]);
  expect(rebuilt.left).toEqual(left);
  expect(rebuilt.right).toEqual(right);
  // The right side from the left one and what differs.
  expect(rebuilt.fromLeft).toEqual(right);
}

const sequence = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 });

describe('alignSequences', () => {
  it('gives either side back, and shares as much as any alignment can', () => {
    fc.assert(
      fc.property(sequence, sequence, (left, right) => {
        const blocks = alignSequences(left, right);
        checkBlocks(left, right, blocks);
        const reference = diffArrays(left, right).filter(({ added, removed }) => !added && !removed);
        expect(shared(blocks)).toBe(reference.reduce((sum, { value }) => sum + value.length, 0));
      }),
      { numRuns: 300 },
    );
  });

  it('has nothing to say of nothing, and one block for equals', () => {
    expect(alignSequences([], [])).toEqual([]);
    expect(alignSequences([1, 2], [1, 2])).toEqual([
      { isSame: true, leftStart: 0, leftEnd: 2, rightStart: 0, rightEnd: 2 },
    ]);
    expect(alignSequences([1, 2], [])).toEqual([
      { isSame: false, leftStart: 0, leftEnd: 2, rightStart: 0, rightEnd: 0 },
    ]);
  });

  it('cuts what is too long for a table at what both have once, and gives up where nothing is', () => {
    const seeded = new SeededRandom(3);
    const random = () => seeded.next();
    const left = Array.from({ length: 20_000 }, () => Math.floor(random() * 900));
    const right = left.flatMap((element) => (random() < 0.1 ? [Math.floor(random() * 900)] : [element]));
    const blocks = alignSequences(left, right);
    checkBlocks(left, right, blocks);
    expect(shared(blocks)).toBeGreaterThan(17_000);
    const noise = [0, 1].map(() => Array.from({ length: 20_000 }, () => Math.floor(random() * 900)));
    const [a = [], b = []] = noise;
    checkBlocks(a, b, alignSequences(a, b));
  });
});
