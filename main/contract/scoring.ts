/** How probable a model finds a given text, token by token, and which of several continuations it finds most probable. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { loadErrors } from './load-errors.ts';
import { fails } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { alternativeSchema } from './tokens.ts';

export const mostAlternatives = 100;

/**
 * For texts longer than the context: windows of `length` tokens, each `stride` further than the one before and scoring what that one
 * did not reach. So every token but those of the first window is predicted from at least `length - stride` tokens before it. The
 * strided perplexity of https://huggingface.co/docs/transformers/perplexity
 */
export const scoringWindowSchema = z.object({ length: z.int().min(2), stride: z.int().min(1) });
export type ScoringWindow = z.infer<typeof scoringWindowSchema>;

export const scoredTokenSchema = z.object({
  id: z.int(),
  piece: z.string(),
  /** What this token adds to the text; empty for control tokens and while the bytes of a character are incomplete. */
  text: z.string(),
  /** Natural logarithm of its probability after the tokens before it; `null`, as the rest, for a token that is not predicted. */
  logProbability: z.number().nullable(),
  /** 1 is the most probable token. */
  rank: z.int().positive().nullable(),
  /** Entropy of the distribution that it was one of, in nats. */
  entropy: z.number().nullable(),
  /** The most probable tokens at this place, best first. */
  alternatives: z.array(alternativeSchema),
});
export type ScoredToken = z.infer<typeof scoredTokenSchema>;

/** What may come after the last token: of the whole distribution the entropy in nats, and the most probable tokens, best first. */
export const nextTokenSchema = z.object({ entropy: z.number(), alternatives: z.array(alternativeSchema) });
export type NextToken = z.infer<typeof nextTokenSchema>;

export const scoreSummarySchema = z.object({
  /** Tokens that were predicted: all but the first, or those from a given place on. */
  scoredTokens: z.int(),
  /** Their negative log-probabilities added up. */
  nats: z.number(),
  /** `exp(nats / scoredTokens)`; `null` where nothing was predicted. */
  perplexity: z.number().nullable(),
  /** UTF-8 bytes of the text that these tokens stand for. */
  utf8ByteCount: z.int(),
  /** `nats / ln 2 / utf8ByteCount`, which can be compared between tokenizers (Gao et al. 2020, arXiv:2101.00027). */
  bitsPerByte: z.number().nullable(),
});
export type ScoreSummary = z.infer<typeof scoreSummarySchema>;

export const scoreEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('tokens'),
    /** The next ones of the text; none while a beginning is read that is not scored. */
    tokens: z.array(scoredTokenSchema),
    /** Tokens that were run, of all that have to be. */
    progress: progressSchema,
    /** From the speed so far; `null` before the first run. */
    remainingMs: z.number().nullable(),
  }),
  z.object({
    type: z.literal('end'),
    /** False where it was cancelled; the summary is of what was scored. */
    isComplete: z.boolean(),
    summary: scoreSummarySchema,
    /** Where it was asked for and all was scored. */
    next: nextTokenSchema.nullable().default(null),
  }),
]);
export type ScoreEvent = z.infer<typeof scoreEventSchema>;

/**
 * `logProbability` ranks continuations as `acc` of lm-evaluation-harness does. Long ones have less of it: `acc_norm` divides by the
 * characters (Python's, so code points) and `acc_bytes` by the UTF-8 bytes of a choice's text
 * (https://github.com/EleutherAI/lm-evaluation-harness, lm_eval/api/task.py, `process_results`). By tokens depends on the tokenizer.
 */
export const continuationScoreSchema = z.object({
  /** Place in the list that was given. */
  index: z.int(),
  /** What its ids add to the text before it. */
  text: z.string(),
  tokens: z.array(scoredTokenSchema),
  /** Of all its tokens together. */
  logProbability: z.number(),
  perToken: z.number(),
  /** `null` where the ids add no text. */
  perCharacter: z.number().nullable(),
  perByte: z.number().nullable(),
  /** Whether each token is the most probable one at its place: greedy decoding would write it. */
  isGreedy: z.boolean(),
});
export type ContinuationScore = z.infer<typeof continuationScoreSchema>;

export const continuationEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: progressSchema, remainingMs: z.number().nullable() }),
  z.object({ type: z.literal('continuation'), score: continuationScoreSchema }),
  z.object({ type: z.literal('end'), isComplete: z.boolean() }),
]);
export type ContinuationEvent = z.infer<typeof continuationEventSchema>;

const topKSchema = z.int().min(0).max(mostAlternatives).default(10);
const failsAtScoring = fails(
  'MODEL_NOT_LOADED',
  'PROMPT_EMPTY',
  'CONTEXT_EXCEEDED',
  'INVALID_INPUT',
  'ENGINE_BUSY',
  'MODEL_FILE_CORRUPT',
  'OUT_OF_MEMORY',
  'DEVICE_LOST',
);

/** Of the engine process. One task at a time, answers included; leaving a stream ends it within one run of the model. */
export const scoringEngineContract = {
  encode: fails('MODEL_NOT_LOADED', 'FILE_TOO_LARGE')
    .input(
      z.object({
        text: z.string(),
        /** Begin with what the model expects before a text (Lucie: `<s>`). */
        addBos: z.boolean().default(false),
        /** Whether `<s>` in the text is the control token or three typed characters. */
        controlTokens: z.enum(['parse', 'as-text']).default('as-text'),
      }),
    )
    .output(z.object({ ids: z.array(z.int()) })),
  score: failsAtScoring
    .input(
      z.object({
        /** For `cancel`. */
        scoringId: z.string(),
        ids: z.array(z.int()),
        /** Alternatives to give for each token. */
        topK: topKSchema,
        /** The first token to score; those before it are only read. The very first one is never predicted. */
        from: z.int().min(1).default(1),
        /** A text that is longer than the context is refused without one. */
        window: scoringWindowSchema.nullable().default(null),
        /** Tell also what may come after the last token, which takes one more row; the ids need not be scored for it. */
        next: z.boolean().default(false),
        /** Of the text that the ids were made of, where a tokenizer may lose something of it; by default of what they decode to. */
        utf8ByteCount: z.int().nonnegative().nullable().default(null),
      }),
    )
    .output(eventIterator(scoreEventSchema)),
  scoreContinuations: failsAtScoring
    .input(
      z.object({
        scoringId: z.string(),
        prefixIds: z.array(z.int()),
        continuations: z.array(z.array(z.int())),
        topK: topKSchema,
      }),
    )
    .output(eventIterator(continuationEventSchema)),
};

/** Of the workbench, beside the tokens of a text: the model that is loaded, or else the chosen one, scores it. */
export const scoringContract = {
  score: fails(
    'MODEL_NOT_LOADED',
    'PROMPT_EMPTY',
    'CONTEXT_EXCEEDED',
    'INVALID_INPUT',
    'FILE_TOO_LARGE',
    ...loadErrors,
    'ENGINE_BUSY',
    'ENGINE_CRASHED',
    'ENGINE_UNAVAILABLE',
  )
    .input(
      z.object({
        text: z.string(),
        topK: topKSchema,
        window: scoringWindowSchema.nullable().default(null),
        /** As `score` of the engine: counted with the token that is put before the text. */
        from: z.int().min(1).default(1),
        next: z.boolean().default(false),
      }),
    )
    .output(eventIterator(scoreEventSchema)),
};
