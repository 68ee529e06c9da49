/** Everything about an answer that can fail before it begins: the model, the settings, what is given of it, and the ids to feed. */
import type { Attachment, ConversationOptions, Message, TakeOver } from '../contract/chat.ts';
import type { ContextPolicy } from '../contract/context.ts';
import type { LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { EngineClient } from '../models/index.ts';
import { takenOver, written as writtenBeginning, type GivenBeginning } from './given-beginning.ts';
import { encodePrompt, type PlannedPrompt } from './prompt.ts';
import type { ChatStore } from './store.ts';

export interface AnswerTarget {
  engine: EngineClient;
  model: LoadedModel;
}

/** What is to be answered, and how the answer begins. */
export interface AnswerWish {
  conversationId: string;
  /** Down to what is answered, or what the new message follows. */
  branch: readonly Message[];
  /** The new message; `null` where the last of the branch is answered. */
  written: { text: string; attachments: readonly Attachment[] } | null;
  prefill: string;
  takeOver: TakeOver | null;
  sampling: Partial<Sampling>;
}

export interface PreparedAnswer {
  target: AnswerTarget;
  prompt: PlannedPrompt;
  options: ConversationOptions;
  sampling: Sampling;
  given: GivenBeginning;
}

export interface AnswerDefaults {
  defaultSampling: () => Sampling;
  contextPolicy: () => ContextPolicy;
}

/** @throws WorkbenchError `INVALID_INPUT`, `MESSAGE_NOT_FOUND`, `PROMPT_EMPTY`, `CONTEXT_EXCEEDED`, and as the engine's encoding */
export async function prepareAnswer(
  store: ChatStore,
  target: AnswerTarget,
  defaults: AnswerDefaults,
  wish: AnswerWish,
): Promise<PreparedAnswer> {
  const { conversationId, branch, written, prefill } = wish;
  const options = store.options(conversationId);
  const sampling = { ...samplingOf(options, defaults), ...wish.sampling };
  // The same seed would only write the same answer again.
  if (isRepetition(store, wish) && wish.sampling.seed === undefined) sampling.seed = null;
  const given =
    wish.takeOver === null ? writtenBeginning(prefill) : beginningOf(store, target.model, wish, wish.takeOver);
  const { mode, systemPrompt } = options;
  const [policy, { maxTokens }] = [defaults.contextPolicy(), sampling];
  const prompt = await encodePrompt({ target, branch, written, mode, systemPrompt, given, policy, maxTokens });
  return { target, prompt, options, sampling, given };
}

/** The settings with what the conversation has otherwise. */
export function samplingOf(
  { sampling }: ConversationOptions,
  { defaultSampling }: Pick<AnswerDefaults, 'defaultSampling'>,
): Sampling {
  const own = Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
  return { ...defaultSampling(), ...own };
}

/** Anew, beside an answer that is there. */
function isRepetition(store: ChatStore, { conversationId, branch, written, takeOver, prefill }: AnswerWish): boolean {
  const question = branch.at(-1);
  if (written !== null || takeOver !== null || prefill !== '' || question === undefined) return false;
  return store.hasAnswer(conversationId, question.id);
}

function beginningOf(
  store: ChatStore,
  { tokenizerHash }: LoadedModel,
  { conversationId, branch, prefill }: AnswerWish,
  takeOver: TakeOver,
): GivenBeginning {
  const source = store.message(conversationId, takeOver.messageId);
  if (source.parentId !== (branch.at(-1)?.id ?? null)) {
    throw new WorkbenchError('INVALID_INPUT', 'The beginning of an answer can only be taken over by its siblings.', {
      action: 'Choose an answer to the same message.',
    });
  }
  if (prefill !== '') {
    throw new WorkbenchError('INVALID_INPUT', 'An answer cannot begin with a text and with another answer.', {
      action: 'Give one of the two.',
    });
  }
  return takenOver(source, takeOver, tokenizerHash);
}
