import { describe, expect, it } from 'vitest';
import { rowAfterKey } from '../../../../renderer/dataset/move-selection.ts';

const press = (key: string, modifiers: { ctrlKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

describe('rowAfterKey', () => {
  it.each([
    ['ArrowDown', 49, 50],
    ['ArrowUp', 50, 49],
    ['PageDown', 3, 53],
    ['PageUp', 53, 3],
    ['Home', 73, 50],
    ['End', 73, 99],
  ])('%s leads from row %i to %i', (key, row, expected) => {
    expect(rowAfterKey(press(key), row, 338)).toBe(expected);
  });

  it('stays within the file', () => {
    expect(rowAfterKey(press('ArrowUp'), 0, 338)).toBe(0);
    expect(rowAfterKey(press('PageDown'), 320, 338)).toBe(337);
    expect(rowAfterKey(press('End'), 310, 338)).toBe(337);
    expect(rowAfterKey(press('End', { ctrlKey: true }), 3, 338)).toBe(337);
    expect(rowAfterKey(press('Home', { ctrlKey: true }), 330, 338)).toBe(0);
  });

  it('leaves other keys alone', () => {
    expect(rowAfterKey(press('a'), 3, 338)).toBeNull();
    expect(rowAfterKey(press('ArrowDown', { altKey: true }), 3, 338)).toBeNull();
  });
});
