import { expect, it } from 'vitest';
import { branchCount } from '../../../../../renderer/chat/tree/branch-count.ts';
import { moveInMap } from '../../../../../renderer/chat/tree/move-in-map.ts';
import { placeOf, siblingPlaces } from '../../../../../renderer/chat/tree/siblings.ts';
import { layOutTree } from '../../../../../renderer/chat/tree/tree-layout.ts';
import { node } from './a-tree.ts';

const tree = [node('q'), node('a', 'q'), node('r'), node('b', 'q'), node('b1', 'b')];

it('siblings follow one another in the order in which they were made, first messages too', () => {
  const places = siblingPlaces(tree);
  expect(placeOf(places, 'a')).toEqual({ index: 0, count: 2, previous: null, next: 'b' });
  expect(placeOf(places, 'b')).toEqual({ index: 1, count: 2, previous: 'a', next: null });
  expect(placeOf(places, 'r')).toEqual({ index: 1, count: 2, previous: 'q', next: null });
  expect(placeOf(places, 'b1').count).toBe(1);
  expect(placeOf(places, 'unknown')).toEqual({ index: 0, count: 1, previous: null, next: null });
});

it('counts the ways through', () => {
  expect(branchCount(tree)).toBe(3);
  expect(branchCount([])).toBe(0);
});

it('arrows lead along parents, children and siblings; down follows the branch that is shown', () => {
  const map = layOutTree(tree, new Set(['q', 'b', 'b1']));
  const at = (id: string) => map.nodes.findIndex((one) => one.node.id === id);
  const move = (from: string, key: string) => {
    const index = moveInMap(map, at(from), key);
    return index === null ? null : map.nodes[index]?.node.id;
  };
  expect(move('q', 'ArrowDown')).toBe('b');
  expect(move('b', 'ArrowLeft')).toBe('a');
  expect(move('a', 'ArrowRight')).toBe('b');
  expect(move('q', 'ArrowRight')).toBe('r');
  expect(move('b1', 'ArrowUp')).toBe('b');
  expect(move('b1', 'ArrowDown')).toBe('b1');
  expect(move('a', 'End')).toBe('b1');
  expect(move('b1', 'Home')).toBe('q');
  expect(move('b1', 'x')).toBeNull();
});
