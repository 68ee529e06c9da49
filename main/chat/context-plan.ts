/**
 * Which part of a conversation is fed to the model. Only numbers go in and come out: what the template makes of what is kept is
 * `prompt.ts`'s to find out.
 *
 * What goes, goes in whole exchanges (a question with its answer), the oldest first; system prompts and the new message stay. A
 * dropped exchange moves everything after it, and all of it has to be read again: so more is dropped than has to be, and what was
 * dropped before stays dropped, until the next step. Then most messages find the cache of the one before.
 */
import type { ContextPlan, ContextPolicy } from '../contract/context.ts';
import type { Role } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';

export interface SizedMessage {
  role: Role;
  /** Of the message as the template wraps it. */
  tokens: number;
}

export interface ContextNeed {
  /** Oldest first; the last is the new message. */
  messages: readonly SizedMessage[];
  /** Tokens with which the template begins the answer. */
  answerStartTokens: number;
  contextLength: number;
  /** Room for the answer that is worth dropping exchanges for, 1 at least. */
  reserve: number;
  policy: ContextPolicy;
  /** Exchanges that the last answer of this conversation was not fed. */
  alreadyDropped: number;
}

const defaultReserve = 512;

/** Room for an answer: what the user allows, or a long paragraph, but no more than a quarter of a small context. */
export function answerReserve(maxTokens: number | null, contextLength: number): number {
  return Math.max(1, Math.min(maxTokens ?? defaultReserve, Math.floor(contextLength / 4)));
}

/** The exchange of each message, from 0; `null` for system prompts, which belong to none. */
export function exchangesOf(messages: readonly { role: Role }[]): (number | null)[] {
  let exchange = -1;
  return messages.map(({ role }) => {
    if (role === 'system') return null;
    if (role === 'user' || exchange < 0) exchange++;
    return exchange;
  });
}

/** What numbers alone can tell of a plan. */
export type ContextSizes = Omit<ContextPlan, 'parts' | 'droppedMessageIds'>;

/** A prompt must leave room for one token at least; refused otherwise. */
export function planContext(need: ContextNeed): ContextSizes {
  const { messages, contextLength, reserve, policy } = need;
  const exchanges = exchangesOf(messages);
  const last = Math.max(0, ...exchanges.map((exchange) => exchange ?? 0));
  const sizes = promptSizes(need, exchanges, last);
  const size = (dropped: number): number => sizes[dropped] ?? Number.POSITIVE_INFINITY;
  const dropped = policy === 'stop' ? 0 : choose(need, size, last);
  const isRefused = size(dropped) >= contextLength;
  return {
    policy,
    keptTurns: last + 1 - dropped,
    droppedTurns: dropped,
    droppedTokens: size(0) - size(dropped),
    promptTokens: size(dropped),
    contextLength,
    reserve,
    room: isRefused ? 0 : contextLength - size(dropped),
    refusal: !isRefused ? null : size(last) < contextLength ? 'conversation-too-long' : 'message-too-long',
  };
}

export function contextExceeded({ promptTokens, contextLength, refusal }: ContextSizes): WorkbenchError {
  const what = refusal === 'message-too-long' ? 'The message' : 'The conversation with this message';
  return new WorkbenchError(
    'CONTEXT_EXCEEDED',
    `${what} has ${promptTokens} tokens; the model reads ${contextLength} at most.`,
    {
      action:
        refusal === 'message-too-long'
          ? 'Shorten the message.'
          : 'Start a new conversation, or choose in the settings that the oldest exchanges are left out.',
      details: { tokens: promptTokens, limit: contextLength },
    },
  );
}

/** `sizes[d]`: tokens of the prompt without the first `d` exchanges. */
function promptSizes(need: ContextNeed, exchanges: readonly (number | null)[], last: number): number[] {
  const ofExchange = new Array<number>(last + 1).fill(0);
  let total = need.answerStartTokens;
  for (const [index, { tokens }] of need.messages.entries()) {
    total += tokens;
    const exchange = exchanges[index];
    if (exchange !== null && exchange !== undefined) ofExchange[exchange] = (ofExchange[exchange] ?? 0) + tokens;
  }
  const sizes = [total];
  for (const tokens of ofExchange.slice(0, -1)) sizes.push((sizes.at(-1) ?? 0) - tokens);
  return sizes;
}

function choose(need: ContextNeed, size: (dropped: number) => number, last: number): number {
  const { contextLength, reserve, alreadyDropped } = need;
  const smallest = (room: number): number | undefined => {
    for (let dropped = 0; dropped <= last; dropped++) if (size(dropped) + room <= contextLength) return dropped;
    return undefined;
  };
  const needed = smallest(reserve);
  if (needed === 0) return 0;
  if (needed === undefined) return last;
  if (alreadyDropped >= needed && alreadyDropped <= last) return alreadyDropped;
  return smallest(reserve + Math.floor(contextLength / 8)) ?? needed;
}
