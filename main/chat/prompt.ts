/** From the shown branch and a new message to the ids that the model is fed. */
import type { Message } from '../contract/chat.ts';
import type { ContextPlan, ContextPolicy } from '../contract/context.ts';
import type { LoadedModel, Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineClient } from '../models/index.ts';
import { answerReserve, contextExceeded, exchangesOf, planContext } from './context-plan.ts';

export interface PromptRequest {
  target: { engine: EngineClient; model: LoadedModel };
  branch: readonly Message[];
  text: string;
  policy: ContextPolicy;
  /** Upper bound of the answer; `null` is none. */
  maxTokens: number | null;
}

export interface PlannedPrompt {
  plan: ContextPlan;
  /** Of what is kept; of no use where the plan is a refusal. */
  ids: number[];
  /** The ids of the new user turn alone. */
  userIds: number[];
}

/** @throws WorkbenchError `PROMPT_EMPTY`, `CONTEXT_EXCEEDED` */
export async function encodePrompt(request: PromptRequest): Promise<PlannedPrompt> {
  if (request.text.trim() === '') {
    throw new WorkbenchError('PROMPT_EMPTY', 'The message is empty.', { action: 'Write something first.' });
  }
  const planned = await planPrompt(request);
  if (planned.plan.refusal !== null) throw contextExceeded(planned.plan);
  return planned;
}

/** What `encodePrompt` would feed, or why it would refuse. */
export async function planPrompt({ target, branch, text, policy, maxTokens }: PromptRequest): Promise<PlannedPrompt> {
  const { engine, model } = target;
  const { contextLength } = model;
  const turns: Turn[] = [...branch.filter(hasContent).map((message) => toTurn(message, model)), { role: 'user', text }];
  const whole = await engine.encodeChat({ turns, addGenerationPrompt: true });
  const alreadyDropped = branch.findLast(({ context }) => context !== null)?.context?.droppedTurns ?? 0;
  const plan = planContext({
    messages: turns.map(({ role }, i) => ({
      role,
      tokens: (whole.boundaries[i] ?? 0) - (whole.boundaries[i - 1] ?? 0),
    })),
    answerStartTokens: whole.ids.length - (whole.boundaries.at(-1) ?? 0),
    contextLength,
    reserve: answerReserve(maxTokens, contextLength),
    policy,
    alreadyDropped,
  });
  if (plan.droppedTurns === 0 || plan.refusal !== null) return { plan, ids: whole.ids, userIds: lastTurn(whole) };
  return encodeKept({ engine, turns, plan, wholeTokens: whole.ids.length });
}

interface Encoded {
  ids: number[];
  boundaries: number[];
}

/**
 * What is kept is encoded for itself: a template may say something at the start of a conversation, so that the sizes within the
 * whole are not exactly those without the beginning. Where that is just too much, one more exchange goes.
 */
async function encodeKept({
  engine,
  turns,
  plan,
  wholeTokens,
}: {
  engine: EngineClient;
  turns: readonly Turn[];
  plan: ContextPlan;
  wholeTokens: number;
}): Promise<PlannedPrompt> {
  const { contextLength, keptTurns, droppedTurns } = plan;
  const exchanges = exchangesOf(turns);
  const kept = turns.filter((_, i) => (exchanges[i] ?? droppedTurns) >= droppedTurns);
  const encoded = await engine.encodeChat({ turns: kept, addGenerationPrompt: true });
  const promptTokens = encoded.ids.length;
  const fits = promptTokens < contextLength;
  if (!fits && keptTurns > 1) {
    const further = { ...plan, droppedTurns: droppedTurns + 1, keptTurns: keptTurns - 1 };
    return encodeKept({ engine, turns, plan: further, wholeTokens });
  }
  return {
    plan: {
      ...plan,
      promptTokens,
      droppedTokens: wholeTokens - promptTokens,
      room: fits ? contextLength - promptTokens : 0,
      refusal: fits ? null : 'message-too-long',
    },
    ids: encoded.ids,
    userIds: lastTurn(encoded),
  };
}

function lastTurn({ ids, boundaries }: Encoded): number[] {
  return ids.slice(boundaries.at(-2) ?? 0, boundaries.at(-1));
}

/** An answer that failed before its first token says nothing to the model. */
function hasContent(message: Message): boolean {
  return message.role !== 'assistant' || message.ids.length > 0;
}

/** What was written with this tokenizer goes back as the ids that were written; anything else can only go back as text. */
function toTurn(message: Message, model: LoadedModel): Turn {
  const { role, text, ids } = message;
  return role === 'assistant' && message.tokenizer === model.tokenizerHash ? { role, text, ids } : { role, text };
}
