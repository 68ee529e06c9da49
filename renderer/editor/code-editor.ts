/**
 * One Monaco editor behind verbs, so that components never meet its imperative interface.
 *
 * It shows every character of a text: no line is cut in drawing, control characters are drawn, quotes and no-break spaces
 * are not marked as suspicious (they are ordinary French).
 */
import { watchColorScheme } from './color-scheme.ts';
import { baseOptions } from './editor-options.ts';
import { monaco } from './monaco.ts';
import { atRootSize } from './root-size.ts';
import { applyTheme } from './theme.ts';

/** Above this many UTF-16 units text is not measured for wrapping (1.2 million take 1.3 s, 200,000 take 0.2 s). */
const measuredLength = 250_000;

/** In UTF-16 units of the text, the end not included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Something wrong in a text: where, and what it is. */
export interface TextMarker extends TextRange {
  readonly message: string;
}

export interface CodeEditorOptions {
  value: string;
  language: string;
  readOnly: boolean;
  wordWrap: boolean;
  ariaLabel: string;
  onChange: (value: string) => void;
}

export class CodeEditor {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #model: monaco.editor.ITextModel;
  readonly #found: monaco.editor.IEditorDecorationsCollection;
  readonly #stopWatching: () => void;
  #value: string;

  constructor(container: HTMLElement, { value, language, readOnly, wordWrap, ariaLabel, onChange }: CodeEditorOptions) {
    applyTheme();
    this.#stopWatching = watchColorScheme(applyTheme);
    this.#value = value;
    this.#model = monaco.editor.createModel(value, language);
    this.#editor = monaco.editor.create(container, {
      model: this.#model,
      ...baseOptions,
      ...modeOptions(readOnly, wordWrap),
      ...fontOptions(language, value.length),
      ariaLabel,
    });
    this.#found = this.#editor.createDecorationsCollection();
    this.#model.onDidChangeContent(() => {
      const changed = this.#model.getValue();
      if (changed === this.#value) return;
      this.#value = changed;
      onChange(changed);
    });
  }

  /** Text that only grows keeps the place of the reader; another text is shown from its start. */
  show(value: string, language: string): void {
    monaco.editor.setModelLanguage(this.#model, language);
    this.#editor.updateOptions(fontOptions(language, value.length));
    if (value === this.#value) return;
    const added = this.#value !== '' && value.startsWith(this.#value) ? value.slice(this.#value.length) : null;
    this.#value = value;
    if (added === null) {
      this.#model.setValue(value);
      this.#editor.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
      this.#editor.setPosition({ lineNumber: 1, column: 1 });
      return;
    }
    const end = this.#model.getFullModelRange().getEndPosition();
    const range = {
      startLineNumber: end.lineNumber,
      startColumn: end.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    };
    this.#model.applyEdits([{ range, text: added }]);
  }

  configure({ readOnly, wordWrap, ariaLabel }: { readOnly: boolean; wordWrap: boolean; ariaLabel: string }): void {
    this.#editor.updateOptions({ ...modeOptions(readOnly, wordWrap), ariaLabel });
  }

  /** Underlines what is wrong, in the place of what was underlined before. */
  mark(markers: readonly TextMarker[]): void {
    const data = markers.map(({ message, ...range }) => ({
      severity: monaco.MarkerSeverity.Error,
      message,
      ...this.#rangeOf(range),
    }));
    monaco.editor.setModelMarkers(this.#model, 'workbench', data);
  }

  /** Marks what was found, in the place of what was marked before, and brings one of it into the middle. */
  highlight(ranges: readonly TextRange[], current: number | null): void {
    this.#found.set(
      ranges.map((range, place) => ({
        range: this.#rangeOf(range),
        options: { inlineClassName: place === current ? 'found found-current' : 'found' },
      })),
    );
    const shown = current === null ? undefined : ranges[current];
    if (shown !== undefined) this.#editor.revealRangeInCenterIfOutsideViewport(this.#rangeOf(shown));
  }

  selectedText(): string {
    const selection = this.#editor.getSelection();
    return selection === null ? '' : this.#model.getValueInRange(selection);
  }

  focus(): void {
    this.#editor.focus();
  }

  #rangeOf({ start, end }: TextRange): monaco.IRange {
    const from = this.#model.getPositionAt(start);
    const to = this.#model.getPositionAt(end);
    return {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    };
  }

  dispose(): void {
    this.#stopWatching();
    this.#editor.dispose();
    this.#model.dispose();
  }
}

function modeOptions(readOnly: boolean, wordWrap: boolean): monaco.editor.IEditorOptions {
  return {
    readOnly,
    domReadOnly: readOnly,
    // In a text that cannot be changed, Tab moves on to the next control.
    tabFocusMode: readOnly,
    wordWrap: wordWrap ? 'on' : 'off',
    cursorStyle: readOnly ? 'line-thin' : 'line',
  };
}

/**
 * Prose in the font of the interface, programs in a font whose characters are all as wide. Prose is wrapped by measuring
 * it, except where it is so long that this would take seconds: then lines are estimated and end a little early.
 */
function fontOptions(language: string, textLength: number): monaco.editor.IEditorOptions {
  const isProse = language === 'plaintext';
  const isMeasured = isProse && textLength <= measuredLength;
  const family = getComputedStyle(document.documentElement).getPropertyValue(isProse ? '--font' : '--font-mono');
  return {
    fontFamily: family,
    fontSize: atRootSize(isProse ? 15 : 13),
    lineHeight: atRootSize(23),
    wrappingStrategy: isMeasured ? 'advanced' : 'simple',
  };
}
