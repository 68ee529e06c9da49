/** The ends of answers in every conversation, for a window that looks elsewhere. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { messageStatusSchema } from './chat.ts';
import { procedure } from './procedure.ts';

export const answerEndSchema = z.object({
  conversationId: z.string(),
  /** Of the conversation; empty where it has none. */
  title: z.string(),
  messageId: z.string(),
  status: messageStatusSchema,
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  endedAt: z.number(),
});
export type AnswerEnd = z.infer<typeof answerEndSchema>;

export const chatAnswersContract = {
  /** From now on; nothing of an answer's text. */
  answers: procedure.output(eventIterator(answerEndSchema)),
};
