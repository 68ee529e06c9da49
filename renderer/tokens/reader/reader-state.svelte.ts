/** What the reader shows of the text: which token is looked at, how tokens are coloured, and the editor that stands behind verbs. */
import type { Caret, TextChange, TextMark } from '../../editor/marks.ts';
import type { MarkedEditor } from '../../editor/marked-editor.ts';
import { describeToken, type DescribedToken } from '../described-token.ts';
import type { Tokenisation, TokenisedText } from '../tokenised-text.svelte.ts';
import type { Colouring, TokenScore } from './colouring.ts';
import { ShownTokens, type ShownToken } from './shown-tokens.ts';
import { tokenMarks } from './token-marks.ts';
import { isNextTokenKey, isPreviousTokenKey } from './token-keys.ts';

type Store = Pick<TokenisedText, 'text' | 'tokenisation' | 'write'>;
type Editor = Pick<MarkedEditor, 'show' | 'refresh' | 'highlight' | 'goTo' | 'replace' | 'focus' | 'inSight' | 'value'>;

export class ReaderState {
  readonly #store: Store;
  readonly #scoreOf: (index: number) => TokenScore | null;
  #shown = new ShownTokens();
  #editor: Editor | null = null;
  /** Counts changes of what is shown: `#shown` itself is no rune, because it is asked 60 times a second. */
  #revision = $state(0);
  #caret = $state.raw<Caret>({ offset: 0, start: 0, end: 0 });
  #pointer = $state<number | null>(null);
  #colouring = $state<Colouring>('alternation');
  #removedReturns = $state(0);

  constructor(store: Store, scoreOf: (index: number) => TokenScore | null) {
    this.#store = store;
    this.#scoreOf = scoreOf;
  }

  get colouring(): Colouring {
    return this.#colouring;
  }

  get caret(): Caret {
    return this.#caret;
  }

  /** Carriage returns that the editor took from the last text that came from elsewhere, to make its line ends alike. */
  get removedReturns(): number {
    return this.#removedReturns;
  }

  /** The token under the pointer, or else that of the caret, with the others of the same character; empty where it is not known. */
  readonly looked: readonly ShownToken[] = $derived.by(() => {
    void this.#revision;
    const { length } = this.#store.text;
    const offset = this.#pointer ?? Math.min(this.#caret.offset, length - 1);
    const token = offset < 0 ? null : this.#shown.at(offset);
    if (token === null) return [];
    const same = this.#shown.in(token.start, token.end);
    return same.filter(({ start, end }) => start === token.start && end === token.end);
  });

  readonly described: readonly DescribedToken[] = $derived(
    this.looked.flatMap(({ text, tokens, index, start, end }) => {
      const described = describeToken(text, tokens, index);
      return described === null ? [] : [{ ...described, start, end }];
    }),
  );

  /** The token that is looked at, if what was computed of it still holds. */
  readonly settled: ShownToken | null = $derived(this.looked[0]?.isSettled === true ? this.looked[0] : null);

  /** The caret stands after the last character, and nothing else is looked at. */
  get isAtEnd(): boolean {
    const { offset, start, end } = this.#caret;
    return this.#pointer === null && start === end && offset >= this.#store.text.length;
  }

  colourBy(colouring: Colouring): void {
    this.#colouring = colouring;
    this.#editor?.refresh();
  }

  /** An editor that was just made, which gets the selection of the one before. Returns what ends it. */
  use(editor: Editor): () => void {
    // The text may have been changed in another view: nothing that was shown of it holds.
    this.#shown = new ShownTokens();
    const { length } = editor.value;
    const [start, end] = [Math.min(this.#caret.start, length), Math.min(this.#caret.end, length)];
    this.#caret = { offset: end, start, end };
    this.#editor = editor;
    editor.goTo(start, end);
    return () => {
      if (this.#editor === editor) this.#editor = null;
      this.#pointer = null;
    };
  }

  /** The text or its tokens are other ones. */
  take(text: string, tokenisation: Tokenisation | null): void {
    this.#show(text);
    this.#shown.take(tokenisation, this.#store.text);
    this.refresh();
  }

  /** What is known of the tokens is more now. */
  refresh(): void {
    this.#revision += 1;
    this.#editor?.refresh();
    this.#highlight();
  }

  edited(value: string, changes: readonly TextChange[]): void {
    this.#shown.edited(changes);
    this.#revision += 1;
    // An editor that is being made has changed the text that it was given.
    if (this.#editor === null) this.#removedReturns = returnsIn(this.#store.text) - returnsIn(value);
    this.#store.write(value);
  }

  moved(caret: Caret): void {
    this.#caret = caret;
    this.#highlight();
  }

  pointedAt(offset: number | null): void {
    if (offset === this.#pointer) return;
    this.#pointer = offset;
    this.#highlight();
  }

  marksIn(start: number, end: number): TextMark[] {
    const { text, tokenisation } = this.#store;
    const alterations = tokenisation?.text === text ? (tokenisation.counts?.alterations ?? []) : [];
    const options = { text, colouring: this.#colouring, alterations, scoreOf: this.#scoreOf };
    return tokenMarks(this.#shown.in(start, end), options, start, end);
  }

  /** Whether the key moved the caret to a token. */
  pressed(event: KeyboardEvent): boolean {
    if (isNextTokenKey(event)) return this.#step(1);
    if (isPreviousTokenKey(event)) return this.#step(-1);
    return false;
  }

  goTo(offset: number, end = offset, focus = true): void {
    this.#pointer = null;
    this.#editor?.goTo(offset, end);
    if (focus) this.#editor?.focus();
  }

  goToToken(index: number, focus = true): void {
    const start = this.#store.tokenisation?.tokens.starts[index];
    if (start !== undefined) this.goTo(start, start, focus);
  }

  /** The text becomes another one that begins as it does, with the caret at its end; undo brings back what was there. */
  type(text: string): void {
    const before = this.#store.text;
    let same = 0;
    while (same < text.length && text[same] === before[same]) same += 1;
    this.#pointer = null;
    this.#editor?.replace(same, before.length, text.slice(same));
  }

  /** The whole text gives way to another; undo brings it back. */
  show(text: string): void {
    // The editor, which is large, may still be on its way.
    if (this.#editor === null) this.#store.write(text);
    this.#show(text);
    this.#editor?.focus();
  }

  /** The selection, or else what is in sight. */
  get part(): { start: number; end: number } {
    const { start, end } = this.#caret;
    return end > start ? { start, end } : (this.#editor?.inSight ?? { start: 0, end: 0 });
  }

  #show(text: string): void {
    if (this.#editor === null || this.#editor.value === text) return;
    this.#editor.show(text);
    this.#removedReturns = returnsIn(text) - returnsIn(this.#editor.value);
  }

  #step(by: 1 | -1): boolean {
    const here = this.#shown.at(Math.min(this.#caret.offset, this.#store.text.length - 1));
    if (here === null) return true;
    const isInside = by === -1 && this.#caret.offset > here.start;
    const near = by === 1 ? this.#shown.at(here.end) : this.#shown.at(here.start - 1);
    const target = isInside ? here.start : by === 1 ? here.end : near?.start;
    if (target !== undefined) this.goTo(target);
    return true;
  }

  #highlight(): void {
    const token = this.looked[0];
    const className = this.#pointer === null ? 'tk-current' : 'tk-pointed';
    this.#editor?.highlight(token === undefined ? [] : [{ start: token.start, end: token.end, className }]);
  }
}

function returnsIn(text: string): number {
  return text.match(/\r/g)?.length ?? 0;
}
