import { describe, expect, it } from 'vitest';
import { layOutTree, type TreeMap } from '../../../../../renderer/chat/tree/tree-layout.ts';
import { chain, node } from './a-tree.ts';

const places = ({ nodes }: TreeMap) => nodes.map((one) => [one.node.id, one.column, one.row]);

describe('layOutTree', () => {
  it('puts a conversation without choices into one column', () => {
    const map = layOutTree(chain('a', 3), new Set(['a1', 'a2', 'a3']));
    expect(places(map)).toEqual([
      ['a1', 0, 0],
      ['a2', 0, 1],
      ['a3', 0, 2],
    ]);
    expect([map.columns, map.rows]).toEqual([1, 3]);
    expect(map.nodes.every(({ isShown }) => isShown)).toBe(true);
    expect(map.nodes.map(({ parent }) => parent)).toEqual([null, 0, 1]);
  });

  it('opens a column for each further sibling, right of everything before it', () => {
    const tree = [node('q'), node('a', 'q'), node('b', 'q'), node('a1', 'a'), node('a2', 'a'), node('b1', 'b')];
    const map = layOutTree(tree, new Set(['q', 'b', 'b1']));
    expect(Object.fromEntries(places(map).map(([id, column, row]) => [id, [column, row]]))).toEqual({
      q: [0, 0],
      a: [0, 1],
      a1: [0, 2],
      a2: [1, 2],
      b: [2, 1],
      b1: [2, 2],
    });
    expect(map.columns).toBe(3);
    expect(map.nodes.filter(({ isShown }) => isShown).map(({ node: { id } }) => id)).toEqual(['q', 'b', 'b1']);
  });

  it('no two messages stand at the same place, whatever the tree', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    const tree = [node('0')];
    for (let index = 1; index < 400; index += 1)
      tree.push(node(`${index}`, random(9) === 0 ? null : `${random(index)}`));
    const map = layOutTree(tree, new Set(), { compressed: false });
    expect(new Set(map.nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(400);
    for (const [index, { parent, row }] of map.nodes.entries()) {
      if (parent === null) continue;
      expect(parent).toBeLessThan(index);
      expect(map.nodes[parent]?.row).toBe(row - 1);
    }
  });

  it('draws a long part without choices as its ends, and says how many are between', () => {
    const map = layOutTree(chain('a', 500), new Set(['a1', 'a500']));
    expect(map.nodes.map(({ node: { id }, skipped }) => [id, skipped])).toEqual([
      ['a1', 0],
      ['a2', 0],
      ['a499', 496],
      ['a500', 0],
    ]);
    const kept = layOutTree(chain('a', 500), new Set(), { keep: 'a250' });
    expect(kept.nodes.map(({ node: { id }, skipped }) => [id, skipped])).toContainEqual(['a250', 247]);
    expect(layOutTree(chain('a', 80), new Set()).nodes).toHaveLength(80);
  });

  it('takes a branch that is longer than the call stack is deep', () => {
    expect(layOutTree(chain('a', 20_000), new Set(), { compressed: false }).rows).toBe(20_000);
  });
});
