/** The same prompt to several models or settings, one after the other: what is asked for, what came of it, and earlier runs. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { changeOf } from './change.ts';
import { deviceSchema } from './devices.ts';
import { finishReasonSchema, generationStatisticsSchema, roleSchema } from './engine.ts';
import { errorReportSchema } from './errors.ts';
import { quantisationSchema } from './models.ts';
import { fails, procedure } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { receiptSchema } from './receipt.ts';
import { samplingChangeSchema, samplingSchema } from './sampling.ts';
import { generatedTokenSchema } from './tokens.ts';

export const fewestContenders = 2;
export const mostContenders = 6;

/** `chat` goes through the model's chat template; `text` is continued as it is, as base models do. */
export const contenderModeSchema = z.enum(['chat', 'text']);
export type ContenderMode = z.infer<typeof contenderModeSchema>;

/** One of those that are given the prompt. */
export const contenderSchema = z.object({
  /** `null` is the model that is loaded, or else the chosen one. */
  modelId: z.string().nullable(),
  mode: contenderModeSchema.default('chat'),
  /** Empty: none. Not used in mode `text`. */
  systemPrompt: z.string().default(''),
  /** What differs from the settings; a seed given here is its own, in place of the run's. */
  sampling: changeOf(samplingChangeSchema).default({}),
});
export type Contender = z.infer<typeof contenderSchema>;

export const sideBySidePromptSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** The beginning of a conversation; its last turn is answered. In mode `text` the turns are joined by empty lines. */
  z.object({
    kind: z.literal('turns'),
    turns: z.array(z.object({ role: roleSchema, text: z.string() })).min(1),
  }),
]);
export type SideBySidePrompt = z.infer<typeof sideBySidePromptSchema>;

export const contenderStatusSchema = z.enum([
  'waiting',
  'loading',
  /** The prompt is read, then the answer is written. */
  'answering',
  'complete',
  /** By the user; the text is what there was until then. */
  'stopped',
  /** The workbench or the engine ended in mid-answer; the text is what had been stored. */
  'interrupted',
  /** Nothing could be generated; `error` says why. */
  'failed',
]);
export type ContenderStatus = z.infer<typeof contenderStatusSchema>;

export const contenderAnswerSchema = z.object({
  contender: contenderSchema,
  status: contenderStatusSchema,
  /** As it really ran; `null` until it is loaded. */
  model: z
    .object({
      id: z.string(),
      name: z.string(),
      /** The ONNX file within the model folder. */
      file: z.string(),
      device: deviceSchema,
      /** SHA-256 of tokenizer.json: where two agree, ids may be compared. */
      tokenizerHash: z.string(),
      quantisation: quantisationSchema.nullable(),
    })
    .nullable(),
  /** All values that were used, with the seed. */
  sampling: samplingSchema.nullable(),
  text: z.string(),
  tokens: z.array(generatedTokenSchema),
  finishReason: finishReasonSchema.nullable(),
  statistics: generationStatisticsSchema.nullable(),
  /** How long its model took to load; `null` where it was there already. */
  loadMs: z.number().nullable(),
  error: errorReportSchema.nullable(),
});
export type ContenderAnswer = z.infer<typeof contenderAnswerSchema>;

export const sideBySideStatusSchema = z.enum([
  'running',
  /** All is answered; the model that was loaded before is loaded again. */
  'restoring',
  /** Every contender came to an end, if only to a failure. */
  'complete',
  'stopped',
  /** The workbench ended before the run did. */
  'interrupted',
]);
export type SideBySideStatus = z.infer<typeof sideBySideStatusSchema>;

export const sideBySideRunSchema = z.object({
  id: z.string(),
  prompt: sideBySidePromptSchema,
  /** Of every contender that has none of its own: differences are then not those of the draw. */
  seed: z.int(),
  status: sideBySideStatusSchema,
  /** Why the model that was loaded before could not be loaded again. */
  restoreError: errorReportSchema.nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  answers: z.array(contenderAnswerSchema),
});
export type SideBySideRun = z.infer<typeof sideBySideRunSchema>;

export const sideBySideSummarySchema = z.object({
  id: z.string(),
  status: sideBySideStatusSchema,
  createdAt: z.number(),
  /** The beginning of the prompt. */
  excerpt: z.string(),
  contenderCount: z.int(),
});
export type SideBySideSummary = z.infer<typeof sideBySideSummarySchema>;

/** `position` is that of the contender in the run. */
export const sideBySideEventSchema = z.discriminatedUnion('type', [
  /** First event of a watch, and again when the run's own status changes: replace what you have. */
  z.object({ type: z.literal('run'), run: sideBySideRunSchema }),
  /** One contender as it is now, tokens included: loading, answering, or ended. */
  z.object({ type: z.literal('answer'), position: z.int(), answer: contenderAnswerSchema }),
  z.object({
    type: z.literal('prefill'),
    position: z.int(),
    progress: progressSchema,
    /** Until the first token; `null` where it cannot be told yet. */
    remainingMs: z.number().nullable(),
  }),
  z.object({ type: z.literal('token'), position: z.int(), token: generatedTokenSchema }),
]);
export type SideBySideEvent = z.infer<typeof sideBySideEventSchema>;

const runInput = z.object({ runId: z.string() });

export const sideBySideContract = {
  /**
   * Holds the engine and answers in the background; `watch` follows. Contenders of one model run after each other, so that each
   * model is loaded once. Fails before anything is unloaded or stored.
   */
  start: fails('INVALID_INPUT', 'PROMPT_EMPTY', 'ENGINE_BUSY')
    .input(
      z.object({
        prompt: sideBySidePromptSchema,
        contenders: z.array(contenderSchema).min(fewestContenders).max(mostContenders),
        /** Drawn where it is `null`. */
        seed: samplingSchema.shape.seed.default(null),
      }),
    )
    .output(z.object({ runId: z.string() })),
  watch: fails('COMPARISON_NOT_FOUND').input(runInput).output(eventIterator(sideBySideEventSchema)),
  /** What has been generated is kept. A model that is being loaded is waited for. */
  stop: procedure.input(runInput).output(z.void()),
  /** The newest first. */
  list: procedure.output(z.array(sideBySideSummarySchema)),
  get: fails('COMPARISON_NOT_FOUND').input(runInput).output(sideBySideRunSchema),
  /** A run that is under way is stopped first. */
  remove: fails('COMPARISON_NOT_FOUND').input(runInput).output(z.void()),
  /** `null` for an answer that broke off, and where the model's files could not be read. */
  receipt: fails('COMPARISON_NOT_FOUND')
    .input(runInput.extend({ position: z.int().nonnegative() }))
    .output(receiptSchema.nullable()),
  /** The run as a file's content: JSON with every token and receipt, Markdown to be read. */
  export: fails('COMPARISON_NOT_FOUND')
    .input(runInput.extend({ format: z.enum(['json', 'markdown']), reference: z.int().nonnegative().default(0) }))
    .output(z.object({ name: z.string(), mediaType: z.string(), text: z.string() })),
};
