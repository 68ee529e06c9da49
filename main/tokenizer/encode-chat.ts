/**
 * A conversation as ids: the template's control tokens become control tokens, those that a person typed stay text.
 *
 * The template is rendered with a mark in the place of every content, so that template text and content can be told apart
 * afterwards. White space around a content stays outside its mark: a template that trims still trims. Text between two
 * control tokens is encoded in one piece, because Lucie's normaliser looks across the border of template and content
 * (`\n\n` + `Quelle` is `▁ \n\n ▁Quelle`). An answer whose ids are known is put in as these ids, and the text before it is
 * encoded alone, exactly as the generation prompt was: so the KV cache of the conversation stays valid.
 */
import { randomBytes } from 'node:crypto';
import type { Turn } from '../contract/engine.ts';
import type { ChatTemplate } from './chat-template.ts';
import type { Tokenizer } from './tokenizer.ts';

export interface EncodedChat {
  ids: number[];
  /** `boundaries[i]` is the number of ids up to and including turn i. */
  boundaries: number[];
}

/** `end` is where the part ends in the rendered text. */
type Part = { text: string; end: number } | { ids: readonly number[]; end: number };

/** @throws WorkbenchError `CHAT_TEMPLATE_INVALID` */
export async function encodeChat(
  tokenizer: Tokenizer,
  template: ChatTemplate,
  turns: readonly Turn[],
  addGenerationPrompt: boolean,
): Promise<EncodedChat> {
  const marks = new Marks(turns);
  const messages = turns.map((turn, i) => ({ role: turn.role, content: marks.contentOf(turn, i) }));
  const rendered = template.render(messages, addGenerationPrompt);
  const { ids, idsAt } = await encodeParts(tokenizer, partsOf(tokenizer, rendered, turns, marks));
  const boundaries: number[] = [];
  for (let i = 0; i < turns.length; i++) {
    const end = commonPrefix(template.render(messages.slice(0, i + 1), false), rendered);
    const known = idsAt.get(end);
    boundaries.push(known ?? (await lengthOf(tokenizer, rendered.slice(0, end), turns, marks)));
  }
  return { ids, boundaries };
}

async function lengthOf(tokenizer: Tokenizer, rendered: string, turns: readonly Turn[], marks: Marks): Promise<number> {
  return (await encodeParts(tokenizer, partsOf(tokenizer, rendered, turns, marks))).ids.length;
}

async function encodeParts(
  tokenizer: Tokenizer,
  parts: Part[],
): Promise<{ ids: number[]; idsAt: Map<number, number> }> {
  const ids: number[] = [];
  const idsAt = new Map<number, number>();
  for (const part of parts) {
    for (const id of 'ids' in part ? part.ids : await tokenizer.encode(part.text)) ids.push(id);
    idsAt.set(part.end, ids.length);
  }
  return { ids, idsAt };
}

/** Cuts a rendered conversation into control tokens, known ids, and the texts between them. */
function partsOf(tokenizer: Tokenizer, rendered: string, turns: readonly Turn[], marks: Marks): Part[] {
  const controlIds = new Map(tokenizer.addedTokens.map(({ content, id }) => [content, id]));
  const contents = [...controlIds.keys()].sort((a, b) => b.length - a.length).map(escapePattern);
  const border = new RegExp([marks.pattern, ...contents].join('|'), 'g');
  const parts: Part[] = [];
  let text = '';
  let textStart = 0;
  const closeText = (end: number): void => {
    if (text !== '') parts.push({ text, end });
    text = '';
  };
  for (const match of rendered.matchAll(border)) {
    text += rendered.slice(textStart, match.index);
    textStart = match.index + match[0].length;
    const controlId = controlIds.get(match[0]);
    const turn = controlId === undefined ? turns[Number(match.groups?.['turn'])] : undefined;
    if (turn !== undefined && turn.ids === undefined) {
      text += turn.text.trim();
      continue;
    }
    closeText(match.index);
    parts.push({ ids: controlId === undefined ? (turn?.ids ?? []) : [controlId], end: textStart });
  }
  text += rendered.slice(textStart);
  closeText(rendered.length);
  return parts;
}

/** Stand-ins for contents; the random part makes sure that no content holds one. */
class Marks {
  readonly #name: string;

  constructor(turns: readonly Turn[]) {
    let name: string;
    do name = `\uE000${randomBytes(8).toString('hex')}:`;
    while (turns.some(({ text }) => text.includes(name)));
    this.#name = name;
  }

  get pattern(): string {
    return `${this.#name}(?<turn>\\d+)\uE001`;
  }

  contentOf(turn: Turn, index: number): string {
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

function commonPrefix(a: string, b: string): number {
  if (b.startsWith(a)) return a.length;
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
