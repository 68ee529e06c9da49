/**
 * A conversation as ids: the template's control tokens become control tokens, those that a person typed stay text.
 *
 * Text between two control tokens is encoded in one piece, because Lucie's normaliser looks across the border of template and
 * content (`\n\n` + `Quelle` is `▁ \n\n ▁Quelle`). An answer whose ids are known is put in as these ids, and the text before it is
 * encoded alone, exactly as the generation prompt was: so the KV cache of the conversation stays valid.
 */
import type { Turn } from '../contract/engine.ts';
import { chatParts, ContentMarks, hasBrokenMarks, type ChatPart } from './chat-parts.ts';
import type { ChatTemplate } from './chat-template.ts';
import type { Tokenizer } from './tokenizer.ts';

export interface EncodedChat {
  ids: number[];
  /** `boundaries[i]` is the number of ids up to and including turn i. */
  boundaries: number[];
}

/** @throws WorkbenchError `CHAT_TEMPLATE_INVALID`, also where the template does more to contents than to trim them. */
export async function encodeChat(
  tokenizer: Tokenizer,
  template: ChatTemplate,
  turns: readonly Turn[],
  addGenerationPrompt: boolean,
): Promise<EncodedChat> {
  const marks = new ContentMarks(turns);
  const messages = turns.map((turn, i) => ({ role: turn.role, content: marks.contentOf(turn, i) }));
  const rendered = template.render(messages, addGenerationPrompt);
  const parts = chatParts(tokenizer, rendered, turns, marks);
  if (hasBrokenMarks(parts)) throw template.unusable('its chat_template cuts or rewrites what the turns say');
  const { ids, idsAt } = await encodeParts(tokenizer, parts);
  const boundaries: number[] = [];
  for (let i = 0; i < turns.length; i++) {
    const end = commonPrefix(template.render(messages.slice(0, i + 1), false), rendered);
    const known = idsAt.get(end);
    boundaries.push(known ?? (await lengthOf(tokenizer, rendered.slice(0, end), turns, marks)));
  }
  return { ids, boundaries };
}

async function lengthOf(
  tokenizer: Tokenizer,
  rendered: string,
  turns: readonly Turn[],
  marks: ContentMarks,
): Promise<number> {
  return (await encodeParts(tokenizer, chatParts(tokenizer, rendered, turns, marks))).ids.length;
}

async function encodeParts(
  tokenizer: Tokenizer,
  parts: readonly ChatPart[],
): Promise<{ ids: number[]; idsAt: Map<number, number> }> {
  const ids: number[] = [];
  const idsAt = new Map<number, number>();
  for (const part of parts) {
    for (const id of await idsOf(tokenizer, part)) ids.push(id);
    idsAt.set(part.end, ids.length);
  }
  return { ids, idsAt };
}

async function idsOf(tokenizer: Tokenizer, part: ChatPart): Promise<readonly number[]> {
  if (part.kind === 'control') return [part.id];
  return part.kind === 'known' ? part.ids : tokenizer.encode(part.runs.map(({ text }) => text).join(''));
}

function commonPrefix(a: string, b: string): number {
  if (b.startsWith(a)) return a.length;
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
