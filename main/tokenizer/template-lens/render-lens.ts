/**
 * A conversation through a template, as the engine does it (encode-chat.ts): the same parts, so the same ids, here with the place of
 * each in the text and where the text comes from.
 */
import type { RenderedTemplate, TemplateRun, TypedControlToken } from '../../contract/template-lens.ts';
import { chatParts, ContentMarks, hasBrokenMarks, type ChatPart } from '../chat-parts.ts';
import type { ChatMessage } from '../chat-template.ts';
import { ControlTokenFinder } from '../fast/control-token-finder.ts';
import { tokenColumns } from '../tokenize-with-spans.ts';
import type { Tokenizer } from '../tokenizer.ts';

type Rendered = Extract<RenderedTemplate, { kind: 'rendered' }>;

/** Renders messages as a template does. */
export type Render = (messages: readonly ChatMessage[]) => string;

/** @throws what `render` throws */
export async function renderLens(
  tokenizer: Tokenizer,
  render: Render,
  messages: readonly ChatMessage[],
  controlTokens: 'escape' | 'parse',
): Promise<Rendered> {
  const turns = messages.map(({ role, content }) => ({ role, text: content }));
  const marks = new ContentMarks(turns);
  const marked = render(turns.map((turn, i) => ({ role: turn.role, content: marks.contentOf(turn, i) })));
  const plain = render(messages);
  let parts = chatParts(tokenizer, marked, turns, marks);
  let { text, runs } = layOut(parts);
  const changesContents = text !== plain;
  if (changesContents && hasBrokenMarks(parts)) {
    parts = chatParts(untyped(tokenizer, messages), plain, [], marks);
    ({ text, runs } = layOut(parts));
  }
  const tokens = controlTokens === 'escape' ? await tokensOfParts(tokenizer, parts) : await tokensOf(tokenizer, text);
  return {
    kind: 'rendered',
    text,
    runs,
    ...tokens,
    vocabulary: [...new Set(tokens.ids)].map((id) => tokenizer.vocabularyEntry(id)),
    typedControlTokens: typedControlTokens(tokenizer, text, runs),
    changesContents,
  };
}

/** Where it cannot be told whether a control token is the template's or was typed, one that was typed anywhere is text. */
function untyped({ addedTokens }: Tokenizer, messages: readonly ChatMessage[]): Pick<Tokenizer, 'addedTokens'> {
  const isTyped = (token: string) => messages.some(({ content }) => content.includes(token));
  return { addedTokens: addedTokens.filter(({ content }) => !isTyped(content)) };
}

function textOf(part: ChatPart): string {
  if (part.kind === 'control') return part.content;
  return part.kind === 'text' ? part.runs.map(({ text }) => text).join('') : '';
}

/** The text that the parts make, and where each run of it comes from. */
function layOut(parts: readonly ChatPart[]): { text: string; runs: TemplateRun[] } {
  const runs: TemplateRun[] = [];
  let text = '';
  const add = (written: string, origin: TemplateRun['origin'], turn: number | null): void => {
    runs.push({ start: text.length, end: text.length + written.length, origin, turn });
    text += written;
  };
  for (const part of parts) {
    if (part.kind === 'control') add(part.content, 'control', null);
    if (part.kind !== 'text') continue;
    for (const run of part.runs) add(run.text, run.turn === null ? 'template' : 'content', run.turn);
  }
  return { text, runs };
}

type Tokens = Pick<Rendered, 'ids' | 'starts' | 'ends'>;

async function tokensOfParts(tokenizer: Tokenizer, parts: readonly ChatPart[]): Promise<Tokens> {
  const tokens: Tokens = { ids: [], starts: [], ends: [] };
  let at = 0;
  for (const part of parts) {
    const text = textOf(part);
    if (part.kind === 'control') {
      tokens.ids.push(part.id);
      tokens.starts.push(at);
      tokens.ends.push(at + text.length);
    } else if (text !== '') {
      const { ids, starts, ends } = await tokenColumns(tokenizer, text, 'as-text');
      for (const [i, id] of ids.entries()) {
        tokens.ids.push(id);
        tokens.starts.push(at + (starts[i] ?? 0));
        tokens.ends.push(at + (ends[i] ?? 0));
      }
    }
    at += text.length;
  }
  return tokens;
}

async function tokensOf(tokenizer: Tokenizer, text: string): Promise<Tokens> {
  const { ids, starts, ends } = await tokenColumns(tokenizer, text, 'parse');
  return { ids: Array.from(ids), starts: Array.from(starts), ends: Array.from(ends) };
}

/** The control tokens that stand in contents, the leftmost and longest first, as a tokenizer looks for them. */
function typedControlTokens(tokenizer: Tokenizer, text: string, runs: readonly TemplateRun[]): TypedControlToken[] {
  const finder = new ControlTokenFinder(tokenizer.addedTokens);
  const typed: TypedControlToken[] = [];
  for (const { start, end, turn } of runs) {
    if (turn === null) continue;
    const content = text.slice(start, end);
    for (let found = finder.firstIn(content, 0, content.length); found !== null;) {
      typed.push({ ...found, turn, start: start + found.start, end: start + found.end });
      found = finder.firstIn(content, found.end, content.length);
    }
  }
  return typed;
}
