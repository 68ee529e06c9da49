/**
 * What happens inside the model that is loaded: attention of every head, what each layer would already say (the logit lens), and which
 * tokens lie near each other in the embedding matrix. Computed on request by probes over the model's own weights.
 */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { loadErrors } from './load-errors.ts';
import { packedNumbersSchema } from './packed-numbers.ts';
import { fails } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { alternativeSchema } from './tokens.ts';

/** Attention grows with the square of it: 512 tokens are 8.4 MB a layer for the 32 heads of Lucie-7B, as they are sent. */
export const mostInspectedTokens = 512;
/** The number that stands for a weight of 1. */
export const fullAttention = 65_535;
export const mostLensAlternatives = 20;
export const mostNeighbours = 100;

const beginEventSchema = z.object({
  type: z.literal('begin'),
  /** What is looked at, in order; begins with the start token where a text was given. */
  tokens: z.array(z.object({ id: z.int(), piece: z.string() })),
  /** Of the whole text, where only its first tokens are looked at. */
  tokenCount: z.int(),
  layers: z.int(),
});
const progressEventSchema = z.object({ type: z.literal('progress'), progress: progressSchema });
/** `isComplete` is false where it was cancelled. */
const endEventSchema = z.object({ type: z.literal('end'), isComplete: z.boolean() });

/** Attention after the softmax, of one layer. */
export const attentionSchema = z.object({
  /** From 0. */
  layer: z.int(),
  heads: z.int(),
  /** Tokens, of which each attends to itself and to those before it. */
  length: z.int(),
  /**
   * Packed numbers of 16 bits, `fullAttention` for a weight of 1: head after head, row after row, the row of token i with its
   * i + 1 weights. What comes after a token has none: the attention is causal.
   */
  weights: packedNumbersSchema,
});
export type Attention = z.infer<typeof attentionSchema>;

export const attentionEventSchema = z.discriminatedUnion('type', [
  beginEventSchema,
  progressEventSchema,
  z.object({ type: z.literal('attention'), attention: attentionSchema }),
  endEventSchema,
]);
export type AttentionEvent = z.infer<typeof attentionEventSchema>;

/** The distribution that a hidden state gives when it goes through the last norm and the output matrix at once. */
export const lensPositionSchema = z.object({
  /** Best first. Natural logarithms. */
  best: z.array(alternativeSchema),
  /** Nats. */
  entropy: z.number(),
  /** Of the token that follows in the text; `null` for the last one. */
  next: z.object({ rank: z.int().positive(), logProbability: z.number() }).nullable(),
});
export type LensPosition = z.infer<typeof lensPositionSchema>;

/**
 * The logit lens (nostalgebraist 2020, "interpreting GPT: the logit lens", https://www.lesswrong.com/posts/AcKRB8wDpdaN6v6ru):
 * state 0 is the embedding, state n the residual stream after n layers; the last one is what the model says.
 */
export const lensEventSchema = z.discriminatedUnion('type', [
  beginEventSchema,
  progressEventSchema,
  z.object({ type: z.literal('state'), state: z.int(), positions: z.array(lensPositionSchema) }),
  endEventSchema,
]);
export type LensEvent = z.infer<typeof lensEventSchema>;

export const neighbourSchema = z.object({
  id: z.int(),
  piece: z.string(),
  /** Of the angle between the two rows of the embedding matrix, as the model's file stores it. */
  cosine: z.number(),
});
export type Neighbour = z.infer<typeof neighbourSchema>;

export const neighboursEventSchema = z.discriminatedUnion('type', [
  progressEventSchema,
  z.object({ type: z.literal('neighbours'), neighbours: z.array(neighbourSchema) }),
  endEventSchema,
]);
export type NeighboursEvent = z.infer<typeof neighboursEventSchema>;

const inspectionErrors = [
  'MODEL_NOT_LOADED',
  'INVALID_INPUT',
  'INSPECTION_UNSUPPORTED',
  'MODEL_FILE_MISSING',
  'MODEL_FILE_CORRUPT',
  'MODEL_FILE_UNSAFE',
  'MEMORY_INSUFFICIENT',
  'ENGINE_BUSY',
  'OUT_OF_MEMORY',
] as const;
const textErrors = ['PROMPT_EMPTY', 'CONTEXT_EXCEEDED', 'INSPECTION_TOO_LONG'] as const;
const inspectedIds = { inspectionId: z.string(), ids: z.array(z.int()) };
const topKSchema = z.int().min(1).max(mostLensAlternatives).default(5);
const countSchema = z.int().min(1).max(mostNeighbours).default(20);

/** Of the engine process. One task at a time, answers included; leaving a stream, or `cancel` with its id, ends it within one run. */
export const inspectionEngineContract = {
  attention: fails(...inspectionErrors, ...textErrors)
    .input(z.object({ ...inspectedIds, layer: z.int().nonnegative() }))
    .output(eventIterator(attentionEventSchema)),
  lens: fails(...inspectionErrors, ...textErrors)
    .input(z.object({ ...inspectedIds, topK: topKSchema }))
    .output(eventIterator(lensEventSchema)),
  neighbours: fails(...inspectionErrors)
    .input(z.object({ inspectionId: z.string(), id: z.int().nonnegative(), count: countSchema }))
    .output(eventIterator(neighboursEventSchema)),
};

/** A text, which gets the start token of the model, or ids of the model that is loaded. */
export const inspectedSchema = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('ids'), ids: z.array(z.int()) }),
  ]),
  /** Look at so many and leave out the rest; `null` refuses what is longer than `mostInspectedTokens`. */
  firstTokens: z.int().min(1).max(mostInspectedTokens).nullable().default(null),
});
export type Inspected = z.infer<typeof inspectedSchema>;

const serviceErrors = [...inspectionErrors, ...loadErrors, 'ENGINE_CRASHED', 'ENGINE_UNAVAILABLE'] as const;

/** Of the workbench, beside the tokens of a text: the model that is loaded, or else the chosen one. */
export const inspectionContract = {
  attention: fails(...serviceErrors, ...textErrors, 'FILE_TOO_LARGE')
    .input(inspectedSchema.extend({ layer: z.int().nonnegative() }))
    .output(eventIterator(attentionEventSchema)),
  lens: fails(...serviceErrors, ...textErrors, 'FILE_TOO_LARGE')
    .input(inspectedSchema.extend({ topK: topKSchema }))
    .output(eventIterator(lensEventSchema)),
  /** Other tokens, nearest first; without rows of zeros, which have no direction. */
  neighbours: fails(...serviceErrors, 'CANCELLED')
    .input(z.object({ id: z.int().nonnegative(), count: countSchema }))
    .output(z.array(neighbourSchema)),
};
