import { describe, expect, it } from 'vitest';
import type { TextMark } from '../../../../../renderer/editor/marks.ts';
import { ReaderState } from '../../../../../renderer/tokens/reader/reader-state.svelte.ts';
import type { Tokenisation } from '../../../../../renderer/tokens/tokenised-text.svelte.ts';
import { cutText } from './cut-text.ts';

/** An editor without a screen, which says what it was told. */
class EditorDouble {
  value: string;
  readonly places: [number, number][] = [];
  readonly inSight = { start: 0, end: 0 };

  constructor(value: string) {
    this.value = value;
  }

  show(value: string): void {
    this.value = value;
  }

  replace(start: number, end: number, text: string): void {
    this.value = this.value.slice(0, start) + text + this.value.slice(end);
  }

  goTo(offset: number, end = offset): void {
    this.places.push([offset, end]);
  }

  refresh(): void {}
  highlight(_marks: readonly TextMark[]): void {}
  focus(): void {}
}

function readerOf(text: string) {
  const tokenisation: Tokenisation | null = cutText(text);
  const store = { text, tokenisation, write: (written: string) => Object.assign(store, { text: written }) };
  return { store, reader: new ReaderState(store, () => null) };
}

describe('ReaderState', () => {
  it('keeps colours and selection for the next editor', () => {
    const { reader } = readerOf('un deux trois');
    const leave = reader.use(new EditorDouble('un deux trois'));
    reader.colourBy('length');
    reader.moved({ offset: 7, start: 3, end: 7 });
    leave();
    const next = new EditorDouble('un deux trois');
    reader.use(next);
    expect([reader.colouring, next.places]).toEqual(['length', [[3, 7]]]);
  });

  it('takes a text before the editor is there, and tells what the editor makes of it', () => {
    const { reader, store } = readerOf('');
    reader.show('un\r\ndeux\n\rtrois');
    expect(store.text).toBe('un\r\ndeux\n\rtrois');
    reader.edited('un\ndeux\n\ntrois', []);
    expect([store.text, reader.removedReturns]).toEqual(['un\ndeux\n\ntrois', 2]);
  });

  it('shows nothing of the text before, where it was changed while there was no editor', () => {
    const { reader, store } = readerOf('un deux trois');
    const leave = reader.use(new EditorDouble(store.text));
    reader.take(store.text, store.tokenisation);
    reader.moved({ offset: 9, start: 9, end: 9 });
    expect(reader.marksIn(0, 13)).not.toEqual([]);
    leave();
    Object.assign(store, { text: 'dix' });
    const next = new EditorDouble('dix');
    reader.use(next);
    reader.take(store.text, store.tokenisation);
    expect(next.places).toEqual([[3, 3]]);
    expect(reader.marksIn(0, 3)).toEqual([]);
    Object.assign(store, { tokenisation: cutText('dix') });
    reader.take(store.text, store.tokenisation);
    expect(reader.looked.map(({ start, end }) => [start, end])).toEqual([[0, 3]]);
  });
});
