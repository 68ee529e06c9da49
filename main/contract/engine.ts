/** What the engine process offers to the main side. The renderer never talks to it directly. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  deviceFallbackSchema,
  deviceProbeSchema,
  deviceSchema,
  deviceWishSchema,
  memoryPlanSchema,
} from './devices.ts';
import { engineFingerprintSchema } from './fingerprint.ts';
import { inspectionEngineContract } from './inspection.ts';
import { loadErrors } from './load-errors.ts';
import { fails, procedure } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { grammarSchema, samplingSchema } from './sampling.ts';
import { scoringEngineContract } from './scoring.ts';
import { generatedTokenSchema } from './tokens.ts';

export const roleSchema = z.enum(['system', 'user', 'assistant']);
export type Role = z.infer<typeof roleSchema>;

/** One turn of a conversation; `ids`, where present, are the exact ids of the content and win over `text`. */
export const turnSchema = z.object({ role: roleSchema, text: z.string(), ids: z.array(z.int()).optional() });
export type Turn = z.infer<typeof turnSchema>;

/** What is loaded, as it really runs. */
export const loadedModelSchema = z.object({
  folder: z.string(),
  name: z.string(),
  /** The ONNX file within the folder, for instance `onnx/model_q4.onnx`. */
  file: z.string(),
  device: deviceSchema,
  /** Devices that were to be preferred, in that order, each with the reason why it is not the one. */
  deviceFallbacks: z.array(deviceFallbackSchema).default([]),
  threads: z.int(),
  contextLength: z.int(),
  vocabularySize: z.int(),
  layers: z.int(),
  hiddenSize: z.int(),
  parameterCount: z.int(),
  /** Bytes of the ONNX file and its external data on disk. */
  weightBytes: z.int(),
  cacheBytesPerToken: z.int(),
  memoryPlan: memoryPlanSchema.nullable().default(null),
  /** SHA-256 of tokenizer.json: what the ids of an answer may be read with. */
  tokenizerHash: z.string(),
  stopIds: z.array(z.int()),
  /**
   * Seen at loading: the same tokens give the same bits however they are cut into runs. Then reused keys and values, chunks and
   * drafts change nothing; else a near tie may fall otherwise, and nothing is drafted.
   */
  isExact: z.boolean(),
  loadMs: z.number(),
});
export type LoadedModel = z.infer<typeof loadedModelSchema>;

export const finishReasonSchema = z.enum(['stop-token', 'stop-string', 'max-tokens', 'context-full', 'cancelled']);
export type FinishReason = z.infer<typeof finishReasonSchema>;

/** Where the keys and values of a prompt's beginning came from, and why the rest had to be computed. */
export const reuseSchema = z.object({
  /** Tokens of the prompt that were not run. */
  reusedTokens: z.int(),
  source: z.enum(['none', 'memory', 'disk']),
  reason: z.enum([
    /** No sequence that is held begins like this prompt. */
    'new',
    /** One did; it had to give way to others. */
    'evicted',
    /** The prompt goes on where a held sequence ends. */
    'continued',
    /** A held sequence begins with the whole prompt. */
    'repeated',
    /** A held sequence goes on otherwise from `divergedAt` on: an edit, another branch, another conversation. */
    'diverged',
  ]),
  divergedAt: z.int().nullable(),
});
export type Reuse = z.infer<typeof reuseSchema>;

export const generationStatisticsSchema = z.object({
  promptTokens: z.int(),
  /** Tokens whose keys and values were still in the cache. */
  reusedTokens: z.int(),
  /** `null` in answers of earlier versions. */
  reuse: reuseSchema.nullable().default(null),
  /** Tokens that were drafted from the text itself, and how many of them the model would have chosen too. */
  drafts: z.object({ proposed: z.int(), accepted: z.int() }).default({ proposed: 0, accepted: 0 }),
  prefilledTokens: z.int(),
  generatedTokens: z.int(),
  prefillMs: z.number(),
  timeToFirstTokenMs: z.number(),
  decodeMs: z.number(),
  /** The seed that was used, drawn or given. */
  seed: z.int(),
});
export type GenerationStatistics = z.infer<typeof generationStatisticsSchema>;

export const generationEventSchema = z.discriminatedUnion('type', [
  /** First, where the answer begins with tokens that were given: what each adds to its text, as a token's `text`. */
  z.object({ type: z.literal('given'), texts: z.array(z.string()) }),
  z.object({
    type: z.literal('prefill'),
    progress: progressSchema,
    reuse: reuseSchema,
    /** From the speed so far; `null` before the first run. */
    remainingMs: z.number().nullable(),
  }),
  z.object({ type: z.literal('token'), token: generatedTokenSchema }),
  z.object({
    type: z.literal('end'),
    reason: finishReasonSchema,
    /** Text that was held back for an incomplete character; usually empty. */
    tail: z.string(),
    statistics: generationStatisticsSchema,
  }),
]);
export type GenerationEvent = z.infer<typeof generationEventSchema>;

export const engineContract = {
  /** What this machine has; makes sessions on its drivers, so it is asked of a process that may be lost. */
  probe: procedure.output(z.array(deviceProbeSchema)),
  /** Devices that `probes` leaves out are not tried. */
  load: fails(...loadErrors)
    .input(
      z.object({
        folder: z.string(),
        device: deviceWishSchema.default('auto'),
        probes: z.array(deviceProbeSchema).default([]),
      }),
    )
    .output(loadedModelSchema),
  unload: procedure.output(z.void()),
  /** Drops, in memory and in `folder`, every sequence that begins with one of these prompts. Works without a loaded model. */
  forget: procedure
    .input(z.object({ prompts: z.array(z.array(z.int())), folder: z.string().nullable() }))
    .output(z.void()),
  /** Where keys and values are kept that do not fit into the memory or outlive the engine; `null`: nowhere. */
  keepCaches: procedure.input(z.object({ folder: z.string().nullable() })).output(z.void()),
  /** What receipts say of the model that is loaded. */
  fingerprint: fails('MODEL_NOT_LOADED', 'MODEL_FILE_MISSING', 'MODEL_FILE_CORRUPT', 'MODEL_FILE_UNSAFE').output(
    engineFingerprintSchema,
  ),
  memory: procedure.output(
    z.object({ residentBytes: z.int(), cachedTokens: z.int(), cachedSequences: z.int(), cacheBytes: z.int() }),
  ),
  /**
   * Renders the chat template and encodes it; control tokens typed by a user stay plain text.
   * `boundaries[i]` is the number of ids up to and including turn i.
   */
  encodeChat: fails('MODEL_NOT_LOADED', 'CHAT_TEMPLATE_INVALID')
    .input(z.object({ turns: z.array(turnSchema), addGenerationPrompt: z.boolean() }))
    .output(z.object({ ids: z.array(z.int()), boundaries: z.array(z.int()) })),
  /**
   * A plain text in pieces, of which some have known ids; `boundaries` as above. One space at the end of the last text, or before
   * known ids, is left to the token that follows, which brings its own.
   */
  encodeText: fails('MODEL_NOT_LOADED', 'FILE_TOO_LARGE')
    .input(
      z.object({
        pieces: z.array(z.object({ text: z.string(), ids: z.array(z.int()).optional() })),
        /** Begin with what the model expects before a text (Lucie: `<s>`). */
        addBos: z.boolean().default(true),
      }),
    )
    .output(z.object({ ids: z.array(z.int()), boundaries: z.array(z.int()) })),
  /** Fails where an answer could not be held to the grammar. */
  checkGrammar: fails('GRAMMAR_INVALID', 'MODEL_NOT_LOADED')
    .input(z.object({ grammar: grammarSchema }))
    .output(z.void()),
  /** One generation at a time; cancelling or leaving the stream ends it within one step. */
  generate: fails(
    'INVALID_INPUT',
    'GRAMMAR_INVALID',
    'NO_TOKEN_ALLOWED',
    'MODEL_NOT_LOADED',
    'MODEL_FILE_CORRUPT',
    'PROMPT_EMPTY',
    'CONTEXT_EXCEEDED',
    'ENGINE_BUSY',
    'OUT_OF_MEMORY',
    'DEVICE_LOST',
  )
    .input(
      z.object({
        generationId: z.string(),
        promptIds: z.array(z.int()),
        /**
         * So many of the last `promptIds` are the beginning of the answer itself: text, penalties, stop strings, bans and the
         * grammar go on from there. `maxTokens` counts what comes after them.
         */
        givenTokens: z.int().nonnegative().default(0),
        /** The answer goes on with the text of the prompt (plain completion); else it is a text of its own. */
        continuesText: z.boolean().default(false),
        sampling: samplingSchema,
        /** Let the text propose tokens (`prompt-lookup.ts`): the answer is the same, sooner. */
        drafts: z.boolean().default(true),
      }),
    )
    .output(eventIterator(generationEventSchema)),
  ...scoringEngineContract,
  ...inspectionEngineContract,
  /** A generation, or a scoring or inspection by its id: the stream then ends by itself and says so; unknown ids are ignored. */
  cancel: procedure.input(z.object({ generationId: z.string() })).output(z.void()),
};
