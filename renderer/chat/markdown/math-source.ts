/**
 * Where a formula begins and ends in Markdown: `$…$` and `\(…\)` inside a line of text, `$$…$$` and `\[…\]` also as blocks. A price
 * is no formula: after the first dollar and before the second stands no space, and no digit follows the second. A blank line ends
 * every formula, so that a lone dollar never swallows more than its paragraph.
 */
export interface MathSource {
  /** With its delimiters, and for a block the line breaks after it. */
  readonly raw: string;
  readonly tex: string;
  readonly display: boolean;
  /** False for a block whose end has not arrived: it is shown as it is written. */
  readonly closed: boolean;
}

/** Longer ones are shown as text: laying a formula out costs time, and nothing that long is one. */
const MAXIMUM_LENGTH = 4_000;

const BODY = String.raw`(?:\\[^\n]|[^$\\\n]|\n(?!\s*\n))`;
const INLINE_DOLLAR = new RegExp(String.raw`^\$(?![\s$])(${BODY}+?)(?<![\s\\])\$(?![\d$])`);
const INLINE_DOUBLE = new RegExp(String.raw`^\$\$(?!\$)(${BODY}+?)\$\$(?!\$)`);
const INLINE_ROUND = /^\\\(((?:[^\\\n]|\\(?![()[\]])[^\n]|\n(?!\s*\n))+?)\\\)/;
const INLINE_SQUARE = /^\\\[((?:[^\\\n]|\\(?![()[\]])[^\n]|\\\\|\n(?!\s*\n))+?)\\\]/;
const BLOCK_DOLLAR = /^ {0,3}\$\$(?!\$)((?:[^\n$]|\$(?!\$)|\n(?!\s*(?:\n|$)))*)(?:(\$\$)[ \t]*(?:\n|$)|\n?[ \t]*$)/;
const BLOCK_SQUARE = /^ {0,3}\\\[((?:[^\n\\]|\\(?!\])|\n(?!\s*(?:\n|$)))*)(?:(\\\])[ \t]*(?:\n|$)|\n?[ \t]*$)/;

export function inlineMathAt(source: string): MathSource | undefined {
  const head = source.slice(0, MAXIMUM_LENGTH);
  const double = INLINE_DOUBLE.exec(head) ?? INLINE_SQUARE.exec(head);
  const found = double ?? INLINE_DOLLAR.exec(head) ?? INLINE_ROUND.exec(head);
  if (found === null) return undefined;
  return { raw: found[0], tex: (found[1] ?? '').trim(), display: double !== null, closed: true };
}

export function blockMathAt(source: string): MathSource | undefined {
  if (!/^ {0,3}(?:\$\$|\\\[)/.test(source)) return undefined;
  const found = BLOCK_DOLLAR.exec(source) ?? BLOCK_SQUARE.exec(source);
  if (found === null || found[0].length > MAXIMUM_LENGTH) return undefined;
  return { raw: found[0], tex: (found[1] ?? '').trim(), display: true, closed: found[2] !== undefined };
}

/** Index of the first place where a formula may begin in a line; -1 where there is none. */
export function inlineMathStart(source: string): number {
  return source.search(/\$|\\[([]/);
}

/** Index of the line break before the first block formula of this paragraph; -1 where there is none. */
export function blockMathStart(source: string): number {
  const blank = source.search(/\n[ \t]*\n/);
  return (blank < 0 ? source : source.slice(0, blank)).search(/\n {0,3}(?:\$\$|\\\[)/);
}
