/**
 * A rendered conversation cut into control tokens, known ids, and the texts between them. The template is rendered with a mark in
 * the place of every content, so that template text and content can be told apart afterwards. White space around a content stays
 * outside its mark: a template that trims still trims.
 */
import { randomBytes } from 'node:crypto';
import type { Turn } from '../contract/engine.ts';
import type { Tokenizer } from './tokenizer.ts';

/** What a turn says; the role is the template's business. */
export type ChatContent = Pick<Turn, 'text' | 'ids'>;

/** A run of text of the template (`turn` is `null`) or of the content of a turn. */
export interface ChatText {
  text: string;
  turn: number | null;
}

/** `end` is where the part ends in the text that was rendered with marks. */
export type ChatPart =
  | { kind: 'text'; runs: ChatText[]; end: number }
  | { kind: 'control'; id: number; content: string; end: number }
  | { kind: 'known'; ids: readonly number[]; end: number };

/** `rendered` is the template's text over contents that `marks` made. */
export function chatParts(
  tokenizer: Pick<Tokenizer, 'addedTokens'>,
  rendered: string,
  turns: readonly ChatContent[],
  marks: ContentMarks,
): ChatPart[] {
  const controlIds = new Map(tokenizer.addedTokens.map(({ content, id }) => [content, id]));
  const contents = [...controlIds.keys()].sort((a, b) => b.length - a.length).map(escapePattern);
  const border = new RegExp([marks.pattern, ...contents].join('|'), 'g');
  const parts: ChatPart[] = [];
  let runs: ChatText[] = [];
  let textStart = 0;
  const add = (text: string, turn: number | null): void => {
    if (text !== '') runs.push({ text, turn });
  };
  const closeText = (end: number): void => {
    if (runs.length > 0) parts.push({ kind: 'text', runs, end });
    runs = [];
  };
  for (const match of rendered.matchAll(border)) {
    add(rendered.slice(textStart, match.index), null);
    textStart = match.index + match[0].length;
    const id = controlIds.get(match[0]);
    const index = Number(match.groups?.['turn']);
    const turn = id === undefined ? turns[index] : undefined;
    if (turn !== undefined && turn.ids === undefined) {
      add(turn.text.trim(), index);
      continue;
    }
    closeText(match.index);
    if (id === undefined) parts.push({ kind: 'known', ids: turn?.ids ?? [], end: textStart });
    else parts.push({ kind: 'control', id, content: match[0], end: textStart });
  }
  add(rendered.slice(textStart), null);
  closeText(rendered.length);
  return parts;
}

/** True where something of a mark is left in the template's text: the template cut contents, or wrote them otherwise. */
export function hasBrokenMarks(parts: readonly ChatPart[]): boolean {
  return parts.some(
    (part) => part.kind === 'text' && part.runs.some(({ text, turn }) => turn === null && /[\uE000\uE001]/.test(text)),
  );
}

/** Stand-ins for contents; the random part makes sure that no content holds one. */
export class ContentMarks {
  readonly #name: string;

  constructor(turns: readonly ChatContent[]) {
    let name: string;
    do name = `\uE000${randomBytes(8).toString('hex')}:`;
    while (turns.some(({ text }) => text.includes(name)));
    this.#name = name;
  }

  get pattern(): string {
    return `${this.#name}(?<turn>\\d+)\uE001`;
  }

  contentOf(turn: ChatContent, index: number): string {
    const mark = `${this.#name}${index}\uE001`;
    if (turn.ids !== undefined) return mark;
    const content = turn.text.trim();
    // White space alone holds no control token, and a template may ask whether a content is empty.
    if (content === '') return turn.text;
    const start = turn.text.indexOf(content);
    return turn.text.slice(0, start) + mark + turn.text.slice(start + content.length);
  }
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
