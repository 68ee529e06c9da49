/** What of a conversation is fed to the model, and what happens when not all of it fits. */
import { z } from 'zod';

export const contextPolicySchema = z.enum([
  /** Nothing is left out: what does not fit is refused. */
  'stop',
  /** The oldest exchanges are left out, whole; system prompts and the new message stay. */
  'drop-oldest',
]);
export type ContextPolicy = z.infer<typeof contextPolicySchema>;

/** What an answer was not fed. An exchange is a question with its answer. */
export const droppedContextSchema = z.object({ droppedTurns: z.int(), droppedTokens: z.int() });
export type DroppedContext = z.infer<typeof droppedContextSchema>;

/** Tokens of a prompt by where they come from. With what the template puts around each; their sum is the whole, before anything is dropped. */
export const contextPartsSchema = z.object({
  system: z.int(),
  /** The messages before the new one, with their attachments. */
  history: z.int(),
  /** Of the new message. */
  attachments: z.int(),
  message: z.int(),
  /** The start of the answer: what the template begins it with, and the text that is given. */
  answerStart: z.int(),
});
export type ContextParts = z.infer<typeof contextPartsSchema>;

export const contextPlanSchema = droppedContextSchema.extend({
  parts: contextPartsSchema,
  /** The messages that would not be read, of the branch that is shown. */
  droppedMessageIds: z.array(z.string()),
  policy: contextPolicySchema,
  keptTurns: z.int(),
  /** Of what is kept, with the start of the answer. */
  promptTokens: z.int(),
  contextLength: z.int(),
  /** Tokens for the answer that the policy wants to keep free. */
  reserve: z.int(),
  /** Tokens that are left for the answer; none where it is refused. */
  room: z.int(),
  /** Why it is not sent: the new message alone does not fit, or the policy drops nothing. */
  refusal: z.enum(['message-too-long', 'conversation-too-long']).nullable(),
});
export type ContextPlan = z.infer<typeof contextPlanSchema>;
