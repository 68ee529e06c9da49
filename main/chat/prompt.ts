/** From a branch, what is new and how the answer begins, to the ids that the model is fed. */
import type { Attachment, Message } from '../contract/chat.ts';
import type { ContextParts, ContextPlan, ContextPolicy } from '../contract/context.ts';
import type { LoadedModel, Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineClient } from '../models/index.ts';
import { answerReserve, contextExceeded, exchangesOf, planContext, type ContextSizes } from './context-plan.ts';
import { encodeTurns, type EncodedTurns } from './encode-turns.ts';
import type { GivenBeginning } from './given-beginning.ts';
import { turnText } from './turn-text.ts';

export interface PromptRequest {
  target: { engine: EngineClient; model: LoadedModel };
  /** Oldest first. */
  branch: readonly Message[];
  /** What follows it; `null` where the last of the branch is to be answered (again). */
  written: { text: string; attachments: readonly Attachment[] } | null;
  mode: Message['mode'];
  /** Fed first; empty: none. */
  systemPrompt: string;
  /** What the answer begins with. */
  given: GivenBeginning;
  policy: ContextPolicy;
  /** Upper bound of the answer; `null` is none. */
  maxTokens: number | null;
}

export interface PlannedPrompt {
  plan: ContextPlan;
  /** Of what is kept, with the given ids; of no use where the plan is a refusal. */
  ids: number[];
  /** Of those, the ids of the text that the answer begins with. */
  prefillIds: number[];
  /** How many of the last `ids` the answer begins with. */
  givenTokens: number;
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
  const { target, branch, given, policy, maxTokens } = request;
  const { contextLength } = target.model;
  const said = saidIn(request);
  const turns = said.map(({ turn }) => turn);
  const encode = (some: readonly Turn[]) =>
    encodeTurns(target.engine, request.mode, some, given.prefillIds ?? given.prefill);
  const whole = await encode(turns);
  const tokenIds = given.tokens.map(({ id }) => id);
  const sizes = turns.map((_, i) => (whole.boundaries[i] ?? 0) - (whole.boundaries[i - 1] ?? 0));
  const wholeTokens = whole.ids.length + whole.prefillIds.length + tokenIds.length;
  const answerStart = wholeTokens - (whole.boundaries.at(-1) ?? 0);
  const planned = planContext({
    messages: turns.map(({ role }, i) => ({ role, tokens: sizes[i] ?? 0 })),
    answerStartTokens: answerStart,
    contextLength,
    reserve: answerReserve(maxTokens, contextLength),
    policy,
    alreadyDropped: branch.findLast(({ context }) => context !== null)?.context?.droppedTurns ?? 0,
  });
  const kept =
    planned.droppedTurns === 0 || planned.refusal !== null
      ? { sizes: planned, encoded: whole }
      : await encodeKept({ encode, turns, sizes: planned, wholeTokens, given: tokenIds.length });
  const { encoded } = kept;
  const dropped = keptOf(turns, kept.sizes.droppedTurns).map((isKept) => !isKept);
  return {
    plan: {
      ...kept.sizes,
      parts: partsOf(turns, sizes, answerStart, await attachmentTokens(request, encode, turns, sizes.at(-1) ?? 0)),
      droppedMessageIds: said.flatMap(({ messageId }, i) => (messageId !== null && dropped[i] ? [messageId] : [])),
    },
    ids: [...encoded.ids, ...encoded.prefillIds, ...tokenIds],
    prefillIds: encoded.prefillIds,
    givenTokens: encoded.prefillIds.length + tokenIds.length,
    userIds: encoded.ids.slice(encoded.boundaries.at(-2) ?? 0, encoded.boundaries.at(-1)),
  };
}

/** A system prompt that stands in the conversation itself is the one that counts. */
function saidIn({ target, branch, written, mode, systemPrompt }: PromptRequest): Said[] {
  const said: Said[] = branch
    .filter(hasContent)
    .map((message) => ({ turn: toTurn(message, target.model), messageId: message.id }));
  const needsSystem = mode === 'chat' && systemPrompt.trim() !== '' && said[0]?.turn.role !== 'system';
  if (needsSystem) said.unshift({ turn: { role: 'system', text: systemPrompt }, messageId: null });
  if (written !== null) {
    said.push({ turn: { role: 'user', text: turnText(written.text, written.attachments) }, messageId: null });
  }
  return said;
}

/** What the last turn, the new message, has more than the rest is of its files; their sum is the whole, whatever a template adds where. */
function partsOf(
  turns: readonly Turn[],
  sizes: readonly number[],
  answerStart: number,
  attachments: number,
): ContextParts {
  const parts: ContextParts = { system: 0, history: 0, attachments, message: 0, answerStart };
  for (const [i, size] of sizes.entries()) {
    if (i === turns.length - 1) parts.message += size - attachments;
    else parts[turns[i]?.role === 'system' ? 'system' : 'history'] += size;
  }
  return parts;
}

type Encode = (turns: readonly Turn[]) => Promise<EncodedTurns>;

/** Of the new message: what it would be shorter without its files. */
async function attachmentTokens(
  { written }: PromptRequest,
  encode: Encode,
  turns: readonly Turn[],
  withThem: number,
): Promise<number> {
  if (written === null || written.attachments.length === 0) return 0;
  const { boundaries } = await encode([...turns.slice(0, -1), { role: 'user', text: written.text }]);
  return withThem - ((boundaries.at(-1) ?? 0) - (boundaries.at(-2) ?? 0));
}

interface Kept {
  sizes: ContextSizes;
  encoded: EncodedTurns;
}

/** For each turn, whether it stays where so many exchanges go. */
function keptOf(turns: readonly Turn[], droppedTurns: number): boolean[] {
  return exchangesOf(turns).map((exchange) => (exchange ?? droppedTurns) >= droppedTurns);
}

/**
 * What is kept is encoded for itself: a template may say something at the start of a conversation, so that the sizes within the
 * whole are not exactly those without the beginning. Where that is just too much, one more exchange goes.
 */
async function encodeKept(request: {
  encode: Encode;
  turns: readonly Turn[];
  sizes: ContextSizes;
  wholeTokens: number;
  /** Tokens that follow the prefill. */
  given: number;
}): Promise<Kept> {
  const { encode, turns, sizes, wholeTokens, given } = request;
  const { contextLength, keptTurns, droppedTurns } = sizes;
  const isKept = keptOf(turns, droppedTurns);
  const encoded = await encode(turns.filter((_, i) => isKept[i]));
  const promptTokens = encoded.ids.length + encoded.prefillIds.length + given;
  const fits = promptTokens < contextLength;
  if (!fits && keptTurns > 1) {
    const further = { ...sizes, droppedTurns: droppedTurns + 1, keptTurns: keptTurns - 1 };
    return encodeKept({ ...request, sizes: further });
  }
  return {
    encoded,
    sizes: {
      ...sizes,
      promptTokens,
      droppedTokens: wholeTokens - promptTokens,
      room: fits ? contextLength - promptTokens : 0,
      refusal: fits ? null : 'message-too-long',
    },
  };
}

/** An answer that failed, or has nothing, says nothing to the model; one that a person wrote has a text and no ids. */
function hasContent({ role, status, ids, text }: Message): boolean {
  return role !== 'assistant' || (status !== 'failed' && (ids.length > 0 || text !== ''));
}

/** What was written with this tokenizer goes back as the ids that were written; anything else can only go back as text. */
function toTurn(message: Message, model: LoadedModel): Turn {
  const { role, ids, tokenizer } = message;
  const text = turnText(message.text, message.attachments);
  const areItsIds = role === 'assistant' && ids.length > 0 && tokenizer === model.tokenizerHash;
  return areItsIds ? { role, text, ids } : { role, text };
}
