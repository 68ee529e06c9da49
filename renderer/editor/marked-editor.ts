/**
 * An editable text in Monaco whose marks are asked for only where they are in sight: a text may have 300,000 of them. After an edit the
 * marks that are there move with the text until they are asked for again, in the next frame.
 */
import { watchColorScheme } from './color-scheme.ts';
import { baseOptions } from './editor-options.ts';
import type { Caret, TextChange, TextMark } from './marks.ts';
import { placeMarks, type PlacedMark } from './marked-lines.ts';
import { monaco } from './monaco.ts';
import { atRootSize } from './root-size.ts';
import { applyTheme } from './theme.ts';

export interface MarkedEditorOptions {
  value: string;
  ariaLabel: string;
  /** In the order of their starts; asked for a part of the text that holds what is in sight. */
  marksIn: (start: number, end: number) => TextMark[];
  onChange: (value: string, changes: readonly TextChange[]) => void;
  onCaret: (caret: Caret) => void;
  /** The character under the pointer, `null` where there is none. */
  onPointer: (offset: number | null) => void;
  /** Whether the key was for the listener: then the editor does not get it. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** Lines above and below those in sight that are marked as well, so that scrolling by one does not mark anew. */
const margin = 40;

export class MarkedEditor {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #model: monaco.editor.ITextModel;
  readonly #options: MarkedEditorOptions;
  readonly #marks: monaco.editor.IEditorDecorationsCollection;
  readonly #highlights: monaco.editor.IEditorDecorationsCollection;
  readonly #stopWatching: () => void;
  /** Offsets that are marked now; `null` where they have to be asked for again. */
  #marked: { start: number; end: number } | null = null;
  #frame: number | null = null;
  #value: string;

  constructor(container: HTMLElement, options: MarkedEditorOptions) {
    applyTheme();
    this.#stopWatching = watchColorScheme(applyTheme);
    this.#options = options;
    this.#model = monaco.editor.createModel(options.value, 'plaintext');
    this.#value = this.#model.getValue();
    this.#editor = monaco.editor.create(container, {
      model: this.#model,
      ...baseOptions,
      ariaLabel: options.ariaLabel,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
      fontSize: atRootSize(14),
      lineHeight: atRootSize(28),
      wordWrap: 'on',
      wrappingStrategy: 'simple',
      // Tab moves on to the next control, so that nobody is caught in the text.
      tabFocusMode: true,
      renderWhitespace: 'all',
      // In the text itself: what is drawn under it would be hidden by the marks.
      experimentalWhitespaceRendering: 'font',
      autoClosingBrackets: 'never',
      autoClosingQuotes: 'never',
      autoSurround: 'never',
      autoIndent: 'none',
      detectIndentation: false,
      largeFileOptimizations: false,
      useShadowDOM: false,
    });
    this.#marks = this.#editor.createDecorationsCollection();
    this.#highlights = this.#editor.createDecorationsCollection();
    this.#listen();
    if (this.#value !== options.value) options.onChange(this.#value, []);
    this.refresh();
  }

  get value(): string {
    return this.#value;
  }

  /** A text from elsewhere; undo brings back the one before. Line ends are made alike: `onChange` tells what became of it. */
  show(value: string): void {
    if (value === this.#value) return;
    const { CRLF, LF } = monaco.editor.EndOfLineSequence;
    const windows = value.match(/\r\n/g)?.length ?? 0;
    const all = value.match(/\n/g)?.length ?? 0;
    this.#model.pushEOL(windows * 2 > all ? CRLF : LF);
    this.#replace(this.#model.getFullModelRange(), value);
    this.#editor.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
    this.#editor.setPosition({ lineNumber: 1, column: 1 });
  }

  /** As if it had been typed: undo brings back what was there. */
  replace(start: number, end: number, text: string): void {
    this.#replace(this.#rangeOf(start, end), text);
    this.goTo(start + text.length);
  }

  /** Puts the caret at an offset, or selects from it to `end`, in sight. */
  goTo(offset: number, end = offset): void {
    const range = this.#rangeOf(offset, end);
    this.#editor.setSelection(range);
    this.#editor.revealRangeInCenterIfOutsideViewport(range, monaco.editor.ScrollType.Immediate);
  }

  /** Offsets of the text that is in sight. */
  get inSight(): { start: number; end: number } {
    const ranges = this.#editor.getVisibleRanges();
    const [first, last] = [ranges[0], ranges.at(-1)];
    if (first === undefined || last === undefined) return { start: 0, end: 0 };
    return {
      start: this.#model.getOffsetAt(first.getStartPosition()),
      end: this.#model.getOffsetAt(last.getEndPosition()),
    };
  }

  /** Marks are other ones now. */
  refresh(): void {
    this.#marked = null;
    this.#schedule();
  }

  /** A few marks over the others, such as that of the token under the caret. */
  highlight(marks: readonly TextMark[]): void {
    this.#highlights.set(placeMarks(this.#model, marks).map(decoration));
  }

  label(ariaLabel: string): void {
    this.#editor.updateOptions({ ariaLabel });
  }

  focus(): void {
    this.#editor.focus();
  }

  dispose(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#stopWatching();
    this.#editor.dispose();
    this.#model.dispose();
  }

  #listen(): void {
    const { onChange, onCaret, onPointer, onKey } = this.#options;
    this.#model.onDidChangeContent(({ changes }) => {
      this.#value = this.#model.getValue();
      onChange(
        this.#value,
        changes.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          removedLength: rangeLength,
          addedLength: text.length,
        })),
      );
      this.refresh();
    });
    this.#editor.onDidScrollChange(() => this.#schedule());
    this.#editor.onDidLayoutChange(() => this.#schedule());
    this.#editor.onDidChangeCursorSelection(({ selection }) => {
      onCaret({
        offset: this.#model.getOffsetAt(selection.getPosition()),
        start: this.#model.getOffsetAt(selection.getStartPosition()),
        end: this.#model.getOffsetAt(selection.getEndPosition()),
      });
    });
    this.#editor.onMouseMove((event) => onPointer(this.#characterAt(event)));
    this.#editor.onMouseLeave(() => onPointer(null));
    this.#editor.onKeyDown((event) => {
      if (!onKey(event.browserEvent)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** The editor tells the place between two characters that is nearest; the character is on either side of it. */
  #characterAt({ target, event }: monaco.editor.IEditorMouseEvent): number | null {
    if (target.type !== monaco.editor.MouseTargetType.CONTENT_TEXT) return null;
    const { position } = target;
    const place = this.#editor.getScrolledVisiblePosition(position);
    const box = this.#editor.getDomNode()?.getBoundingClientRect();
    const offset = this.#model.getOffsetAt(position);
    if (place === null || box === undefined) return offset;
    const isBefore = event.browserEvent.clientX - box.left < place.left && position.column > 1;
    return isBefore ? offset - 1 : offset;
  }

  #schedule(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#mark();
    });
  }

  #mark(): void {
    const sight = this.inSight;
    if (this.#marked !== null && sight.start >= this.#marked.start && sight.end <= this.#marked.end) return;
    const width = Math.max(2_000, sight.end - sight.start);
    const lines = this.#editor.getVisibleRanges();
    const firstLine = Math.max(1, (lines[0]?.startLineNumber ?? 1) - margin);
    const lastLine = Math.min(this.#model.getLineCount(), (lines.at(-1)?.endLineNumber ?? 1) + margin);
    const start = Math.max(this.#model.getOffsetAt({ lineNumber: firstLine, column: 1 }), sight.start - width);
    const lastColumn = this.#model.getLineMaxColumn(lastLine);
    const end = Math.min(this.#model.getOffsetAt({ lineNumber: lastLine, column: lastColumn }) + 1, sight.end + width);
    this.#marked = { start, end };
    this.#marks.set(placeMarks(this.#model, this.#options.marksIn(start, end)).map(decoration));
  }

  #replace(range: monaco.IRange, text: string): void {
    this.#editor.pushUndoStop();
    this.#editor.executeEdits('workbench', [{ range, text, forceMoveMarkers: true }]);
    this.#editor.pushUndoStop();
  }

  #rangeOf(start: number, end: number): monaco.Range {
    return monaco.Range.fromPositions(this.#model.getPositionAt(start), this.#model.getPositionAt(end));
  }
}

function decoration({ className, lineEndClassName, ...range }: PlacedMark): monaco.editor.IModelDeltaDecoration {
  return {
    range,
    options: {
      inlineClassName: className,
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      ...(lineEndClassName !== undefined && { afterContentClassName: lineEndClassName, showIfCollapsed: true }),
    },
  };
}
