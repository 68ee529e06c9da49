import { describe, expect, it } from 'vitest';
import { firstAfter, ShownTokens } from '../../../../../renderer/tokens/reader/shown-tokens.ts';
import { cutText } from './cut-text.ts';

function shownOf(text: string) {
  const shown = new ShownTokens();
  shown.take(cutText(text), text);
  return shown;
}
const places = (shown: ShownTokens, start: number, end: number) =>
  shown.in(start, end).map((token) => [token.start, token.end, token.isSettled]);

describe('ShownTokens', () => {
  it('finds the tokens that reach into a part of the text', () => {
    const shown = shownOf('un deux trois');
    expect(places(shown, 0, 13)).toEqual([
      [0, 2, true],
      [2, 7, true],
      [7, 13, true],
    ]);
    expect(places(shown, 3, 4)).toEqual([[2, 7, true]]);
    expect(shown.at(7)?.index).toBe(2);
    expect(shown.at(13)).toBeNull();
  });

  it('keeps what is before an edit, moves what is after it, and shows nothing that the edit touched', () => {
    const text = 'un deux trois quatre';
    const shown = shownOf(text);
    // `deux` becomes `douze`.
    shown.edited([{ offset: 4, removedLength: 2, addedLength: 3 }]);
    expect(places(shown, 0, text.length + 1)).toEqual([
      [0, 2, true],
      [8, 14, false],
      [14, 21, false],
    ]);
    const changed = 'un douze trois quatre';
    expect(changed.slice(8, 14)).toBe(' trois');
  });

  it('adds up several edits, in any order and several at once', () => {
    const shown = shownOf('un deux trois quatre cinq');
    shown.edited([
      { offset: 15, removedLength: 0, addedLength: 2 },
      { offset: 5, removedLength: 1, addedLength: 0 },
    ]);
    shown.edited([{ offset: 6, removedLength: 0, addedLength: 1 }]);
    expect(places(shown, 0, 30)).toEqual([
      [0, 2, true],
      [22, 27, false],
    ]);
  });

  it('never shows tokens of another text of the same length', () => {
    const shown = shownOf('un deux');
    shown.edited([{ offset: 3, removedLength: 4, addedLength: 4 }]);
    shown.take(cutText('un deux'), 'un onze');
    expect(places(shown, 0, 7)).toEqual([[0, 2, true]].filter(([, end]) => (end as number) < 3));
  });

  it('leaves the tokens of the cut before where the new ones have not come', () => {
    const before = 'un deux trois quatre';
    const shown = shownOf(before);
    shown.edited([{ offset: 2, removedLength: 0, addedLength: 1 }]);
    const text = 'uns deux trois quatre';
    shown.take(cutText(text, { done: 8 }), text);
    expect(places(shown, 0, text.length)).toEqual([
      [0, 3, true],
      [3, 8, true],
      [8, 14, false],
      [14, 21, false],
    ]);
    shown.take(cutText(text), text);
    expect(places(shown, 8, text.length).every(([, , isSettled]) => isSettled)).toBe(true);
  });

  it('is empty without tokens', () => {
    const shown = shownOf('un deux');
    shown.take(null, '');
    expect(places(shown, 0, 10)).toEqual([]);
  });
});

it('firstAfter finds the first value above a limit, as a walk does', () => {
  const values = Uint32Array.of(0, 2, 2, 2, 7, 9, 9);
  for (let limit = 0; limit <= 10; limit++) {
    const walked = values.findIndex((value) => value > limit);
    expect(firstAfter(values, limit)).toBe(walked === -1 ? values.length : walked);
  }
});
