/**
 * The blocks of a text that grows at its end: what is settled is never read again, and a block that stays the same stays the same
 * object. Gives exactly what `splitBlocks` gives for the whole text; a test cuts texts at random and compares.
 */
import type { Token } from 'marked';
import { cutTokens, defined, unixLines, type Block } from './blocks.ts';
import { blockTokens } from './dialect.ts';

export class GrowingBlocks {
  #source = '';
  #text = '';
  /** Everything before this place in the text is settled, and a blank line stands before it. */
  #settledEnd = 0;
  #settled: Block[] = [];
  readonly #definitions = new Map<string, string>();
  #shown: readonly Block[] = [];

  update(source: string): readonly Block[] {
    if (source === this.#source) return this.#shown;
    // A carriage return at the end may be half of a line break.
    if (!source.startsWith(this.#source) || this.#source.endsWith('\r')) this.#forget();
    this.#source = source;
    this.#text = unixLines(source);
    const tokens = blockTokens(this.#text.slice(this.#settledEnd), this.#settledEnd > 0);
    const count = settledTokens(tokens, this.#text.slice(this.#settledEnd));
    const settled = tokens.slice(0, count);
    for (const cut of cutTokens(settled, this.#settledEnd)) {
      if ('block' in cut) this.#settled.push(cut.block);
      else if (!this.#definitions.has(cut.definition.label))
        this.#definitions.set(cut.definition.label, cut.definition.raw);
    }
    this.#settledEnd += length(settled);
    this.#show(tokens.slice(count));
    return this.#shown;
  }

  #show(open: readonly Token[]): void {
    const cuts = cutTokens(open, this.#settledEnd);
    const definitions = new Map(this.#definitions);
    for (const cut of cuts) {
      if ('definition' in cut && !definitions.has(cut.definition.label))
        definitions.set(cut.definition.label, cut.definition.raw);
    }
    const blocks = cuts.flatMap((cut) => ('block' in cut ? [cut.block] : []));
    const all =
      definitions.size === 0
        ? [...this.#settled, ...blocks]
        : [...this.#settled, ...blocks].map((block) => defined(block, definitions));
    this.#shown = all.map((block, index) => sameOr(this.#shown[index], block));
  }

  #forget(): void {
    this.#settledEnd = 0;
    this.#settled = [];
    this.#definitions.clear();
  }
}

/** How many of the first tokens nothing that is written later can change: whole blocks with a blank line behind them. */
function settledTokens(tokens: readonly Token[], text: string): number {
  let settled = 0;
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    if (mayBecomeDefinition(token, text.slice(at))) return settled;
    at += token.raw.length;
    // A list goes on after a blank line, so the next line has to be there as a whole.
    if (token.type === 'space' && token.raw.includes('\n') && text.slice(at).trimStart().includes('\n'))
      settled = index + 1;
  }
  return settled;
}

/**
 * The address of a reference (`[label]: address "title"`) is the one block that may reach over blank lines, in its label and in its
 * title: true while it cannot be told where it ends, or whether it is one.
 */
function mayBecomeDefinition(token: Token, text: string): boolean {
  if (!/^ {0,3}\[/.test(text)) return false;
  const label = /^ {0,3}\[(?:\\[\s\S]|[^[\]\\])*/.exec(text)?.[0] ?? '';
  const after = text.slice(label.length);
  if (after === '' || after === ']') return true;
  if (!after.startsWith(']:')) return false;
  if (token.type === 'def' && (token['title'] !== undefined || /\n[ \t]*\n/.test(token.raw))) return false;
  const next = /^\]: *(?:\n[ \t]*)?[^<\s]\S*(?: +(?:\n[ \t]*)?| *\n[ \t]*)(\S)/.exec(after)?.[1];
  return next === undefined || '"\'('.includes(next);
}

function length(tokens: readonly Token[]): number {
  return tokens.reduce((sum, { raw }) => sum + raw.length, 0);
}

function sameOr(before: Block | undefined, now: Block): Block {
  if (before === undefined || before === now) return now;
  if (before.start !== now.start || before.raw !== now.raw) return now;
  if (before.kind === 'code') return now.kind === 'code' && before.language === now.language ? before : now;
  return now.kind === 'markdown' && before.definitions === now.definitions ? before : now;
}
