/** From a branch, what is new and how the answer begins, to the ids that the model is fed. */
import type { Attachment, Message } from '../contract/chat.ts';
import type { ContextParts, ContextPlan, ContextPolicy } from '../contract/context.ts';
import type { LoadedModel, Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineClient } from '../models/index.ts';
import { answerReserve, contextExceeded, exchangesOf, planContext, type ContextSizes } from './context-plan.ts';
import { turnText } from './turn-text.ts';

export interface PromptRequest {
  target: { engine: EngineClient; model: LoadedModel };
  /** Oldest first. */
  branch: readonly Message[];
  /** What follows it; `null` where the last of the branch is to be answered (again). */
  written: { text: string; attachments: readonly Attachment[] } | null;
  /** Fed first; empty: none. */
  systemPrompt: string;
  /** Ids with which the answer begins. */
  givenIds: readonly number[];
  policy: ContextPolicy;
  /** Upper bound of the answer; `null` is none. */
  maxTokens: number | null;
}

export interface PlannedPrompt {
  plan: ContextPlan;
  /** Of what is kept, with the given ids; of no use where the plan is a refusal. */
  ids: number[];
  /** The ids of the last user turn alone. */
  userIds: number[];
}

/** A turn and the message that it is of; `null` is the system prompt or what is new. */
interface Said {
  turn: Turn;
  messageId: string | null;
}

/** @throws WorkbenchError `PROMPT_EMPTY`, `CONTEXT_EXCEEDED` */
export async function encodePrompt(request: PromptRequest): Promise<PlannedPrompt> {
  const { written } = request;
  if (written !== null && turnText(written.text, written.attachments).trim() === '') {
    throw new WorkbenchError('PROMPT_EMPTY', 'The message is empty.', { action: 'Write something first.' });
  }
  const planned = await planPrompt(request);
  if (planned.plan.refusal !== null) throw contextExceeded(planned.plan);
  return planned;
}

/** What `encodePrompt` would feed, or why it would refuse. */
export async function planPrompt(request: PromptRequest): Promise<PlannedPrompt> {
  const { target, branch, givenIds, policy, maxTokens } = request;
  const { engine, model } = target;
  const { contextLength } = model;
  const said = saidIn(request);
  const turns = said.map(({ turn }) => turn);
  const whole = await engine.encodeChat({ turns, addGenerationPrompt: true });
  const alreadyDropped = branch.findLast(({ context }) => context !== null)?.context?.droppedTurns ?? 0;
  const sizeOf = (i: number) => (whole.boundaries[i] ?? 0) - (whole.boundaries[i - 1] ?? 0);
  const answerStart = whole.ids.length - (whole.boundaries.at(-1) ?? 0) + givenIds.length;
  const sizes = planContext({
    messages: turns.map(({ role }, i) => ({ role, tokens: sizeOf(i) })),
    answerStartTokens: answerStart,
    contextLength,
    reserve: answerReserve(maxTokens, contextLength),
    policy,
    alreadyDropped,
  });
  const last = turns.length - 1;
  const sum = (indices: readonly number[]) => indices.reduce((total, i) => total + sizeOf(i), 0);
  const before = turns.map((_, i) => i).slice(0, last);
  const attachments = await attachmentTokens(request, turns, sizeOf(last));
  const parts: ContextParts = {
    system: sum(before.filter((i) => turns[i]?.role === 'system')),
    history: sum(before.filter((i) => turns[i]?.role !== 'system')),
    attachments,
    message: sizeOf(last) - attachments,
    answerStart,
  };
  const encoded = { ids: whole.ids, boundaries: whole.boundaries };
  const kept =
    sizes.droppedTurns === 0 || sizes.refusal !== null
      ? { sizes, encoded }
      : await encodeKept({ engine, turns, sizes, wholeTokens: whole.ids.length, given: givenIds.length });
  const exchanges = exchangesOf(turns);
  const isDropped = (i: number) => (exchanges[i] ?? kept.sizes.droppedTurns) < kept.sizes.droppedTurns;
  const droppedMessageIds = said.flatMap(({ messageId }, i) => (messageId !== null && isDropped(i) ? [messageId] : []));
  return {
    plan: { ...kept.sizes, parts, droppedMessageIds },
    ids: [...kept.encoded.ids, ...givenIds],
    userIds: lastTurn(kept.encoded),
  };
}

function saidIn({ target, branch, written, systemPrompt }: PromptRequest): Said[] {
  const { model } = target;
  const said: Said[] = branch
    .filter(hasContent)
    .map((message) => ({ turn: toTurn(message, model), messageId: message.id }));
  if (systemPrompt.trim() !== '') said.unshift({ turn: { role: 'system', text: systemPrompt }, messageId: null });
  if (written !== null) {
    said.push({ turn: { role: 'user', text: turnText(written.text, written.attachments) }, messageId: null });
  }
  return said;
}

/** Of the new message: what it would be shorter without its files. */
async function attachmentTokens(
  { target, written }: PromptRequest,
  turns: readonly Turn[],
  withThem: number,
): Promise<number> {
  if (written === null || written.attachments.length === 0) return 0;
  const bare: Turn[] = [...turns.slice(0, -1), { role: 'user', text: written.text }];
  const { boundaries } = await target.engine.encodeChat({ turns: bare, addGenerationPrompt: true });
  return withThem - ((boundaries.at(-1) ?? 0) - (boundaries.at(-2) ?? 0));
}

interface Encoded {
  ids: number[];
  boundaries: number[];
}

interface Kept {
  sizes: ContextSizes;
  encoded: Encoded;
}

/**
 * What is kept is encoded for itself: a template may say something at the start of a conversation, so that the sizes within the
 * whole are not exactly those without the beginning. Where that is just too much, one more exchange goes.
 */
async function encodeKept({
  engine,
  turns,
  sizes,
  wholeTokens,
  given,
}: {
  engine: EngineClient;
  turns: readonly Turn[];
  sizes: ContextSizes;
  wholeTokens: number;
  given: number;
}): Promise<Kept> {
  const { contextLength, keptTurns, droppedTurns } = sizes;
  const exchanges = exchangesOf(turns);
  const kept = turns.filter((_, i) => (exchanges[i] ?? droppedTurns) >= droppedTurns);
  const encoded = await engine.encodeChat({ turns: kept, addGenerationPrompt: true });
  const promptTokens = encoded.ids.length + given;
  const fits = promptTokens < contextLength;
  if (!fits && keptTurns > 1) {
    const further = { ...sizes, droppedTurns: droppedTurns + 1, keptTurns: keptTurns - 1 };
    return encodeKept({ engine, turns, sizes: further, wholeTokens, given });
  }
  return {
    encoded,
    sizes: {
      ...sizes,
      promptTokens,
      droppedTokens: wholeTokens - encoded.ids.length,
      room: fits ? contextLength - promptTokens : 0,
      refusal: fits ? null : 'message-too-long',
    },
  };
}

function lastTurn({ ids, boundaries }: Encoded): number[] {
  return ids.slice(boundaries.at(-2) ?? 0, boundaries.at(-1));
}

/** An answer that failed before its first token says nothing to the model, unless a person wrote it. */
function hasContent(message: Message): boolean {
  return (
    message.role !== 'assistant' || message.ids.length > 0 || (message.status === 'complete' && message.text !== '')
  );
}

/** What was written with this tokenizer goes back as the ids that were written; anything else can only go back as text. */
function toTurn(message: Message, model: LoadedModel): Turn {
  const { role, ids, tokenizer } = message;
  const text = turnText(message.text, message.attachments);
  const areItsIds = role === 'assistant' && ids.length > 0 && tokenizer === model.tokenizerHash;
  return areItsIds ? { role, text, ids } : { role, text };
}
