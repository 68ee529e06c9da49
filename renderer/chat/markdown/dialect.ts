/**
 * The Markdown that answers are read as: GitHub's, line breaks kept, with formulas, and with a bound on the work that emphasis may
 * take. One instance for cutting into blocks, for HTML and for the places of characters, so that all three see the same tokens.
 */
import { Marked, Tokenizer, type Token, type TokenizerAndRendererExtension } from 'marked';
import { blockMathAt, blockMathStart, inlineMathAt, inlineMathStart, type MathSource } from './math-source.ts';

/**
 * Characters that looking for the ends of emphasis may read in one block. The search is quadratic: 8,000 characters of `***a* ` took 1.1 s,
 * 32,000 took 14 s. Beyond the bound `*`, `_` and `~` are shown as they are written.
 */
const EMPHASIS_BUDGET = 400_000;

let spent = 0;

function overBudget(source: string): boolean {
  if (!/^[*_~]/.test(source)) return false;
  spent += source.length;
  return spent > EMPHASIS_BUDGET;
}

const token = (type: string, math: MathSource | undefined) =>
  math === undefined ? undefined : { type, text: math.tex, ...math };

const blockMath: TokenizerAndRendererExtension = {
  name: 'blockMath',
  level: 'block',
  start: blockMathStart,
  tokenizer: (source) => token('blockMath', blockMathAt(source)),
};

const inlineMath: TokenizerAndRendererExtension = {
  name: 'inlineMath',
  level: 'inline',
  start: inlineMathStart,
  tokenizer: (source) => token('inlineMath', inlineMathAt(source)),
};

/**
 * Quotes and lists opened on one line, each in the one before. The parser goes through the line once for each, by recursion: 20,000
 * took 40 s. Such a paragraph is shown as it is written.
 */
const DEEP = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){100}/;

const deep: TokenizerAndRendererExtension = {
  name: 'deep',
  level: 'block',
  tokenizer: (source) =>
    DEEP.test(source) ? { type: 'deep', raw: /^(?:[^\n]+\n?)+/.exec(source)?.[0] ?? source } : undefined,
};

/** `undefined` takes the place of a token: the characters are text. `false` leaves the work to the parser. */
const none = (): undefined => undefined;

/** A parser of its own for whoever adds a renderer to it. */
export function newMarked(): Marked {
  return new Marked({
    gfm: true,
    breaks: true,
    async: false,
    extensions: [deep, blockMath, inlineMath],
    tokenizer: {
      emStrong: (source) => (overBudget(source) ? none() : false),
      del: (source) => (overBudget(source) ? none() : false),
      // Raw HTML inside a line is text from the start, and so is what it would enclose.
      tag: none,
      // An underlined heading ends where a formula begins.
      lheading(source) {
        const math = blockMathStart(source);
        return math < 0 ? false : Tokenizer.prototype.lheading.call(this, source.slice(0, math + 1));
      },
    },
  });
}

const marked = newMarked();

/** To be called before each parse of one block. */
export function renewBudget(): void {
  spent = 0;
}

/** The blocks of a text, without what is inside their lines; `after` says that a blank line stands before the text. */
export function blockTokens(source: string, after: boolean): Token[] {
  const tokens: Token[] = after ? [{ type: 'space', raw: '\n\n' }] : [];
  const begun = tokens.length;
  try {
    new marked.Lexer(marked.defaults).blockTokens(source, tokens);
  } catch {
    // Thousands of nested quotes or lists end the parser's stack: from there on the text is one paragraph.
    const read = tokens.slice(begun).reduce((length, { raw }) => length + raw.length, 0);
    if (read < source.length) tokens.push({ type: 'paragraph', raw: source.slice(read), text: source.slice(read) });
  }
  return tokens.slice(begun);
}

/** All tokens of one block. Throws where the nesting ends the parser's stack. */
export function inlineTokens(source: string): Token[] {
  renewBudget();
  return marked.lexer(source);
}
