/** A text cut into tokens, told piece by piece, so that a long one is shown from its first page on and can be given up. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { packedNumbersSchema } from './packed-numbers.ts';
import { fails } from './procedure.ts';
import { vocabularyEntrySchema } from './tokens.ts';

/**
 * Whose tokenizer: that of the loaded (or else the chosen) model, of a known model, a tokenizer.json or the folder that holds one,
 * or that of a repository of the hub, which is fetched where this commit of it has not been fetched before.
 */
export const tokenizerSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chosen') }),
  z.object({ kind: z.literal('model'), modelId: z.string() }),
  z.object({ kind: z.literal('file'), path: z.string() }),
  z.object({ kind: z.literal('hub'), repository: z.string(), revision: z.string().default('main') }),
]);
export type TokenizerSource = z.infer<typeof tokenizerSourceSchema>;

/** Bits of the `flags` column. */
export const tokenFlags = {
  /** The token begins with a space that is not in the text: the tokenizer put it there. */
  insertedSpace: 1,
} as const;

export const alterationReasonSchema = z.enum([
  /** Carriage returns are deleted. */
  'carriage-return',
  /** U+0000 is deleted. */
  'nul',
  /** Another sequence of code points for the same characters: NFC. */
  'composed',
  /** U+00A0 becomes an ordinary space. */
  'no-break-space',
  /** A space that is dropped in decoding: after `«` and others where it was a no-break space. */
  'swallowed-space',
  /** Spaces at the start of the text that are in its first token: decoding drops them all, and those of later tokens stay. */
  'leading-spaces',
  /** A typed `▁` is read as a space. */
  'typed-metaspace',
  /** Half of a surrogate pair becomes U+FFFD. */
  'lone-surrogate',
  /** A space that the normaliser put in, and the decoder leaves there: after a control token. */
  'added-space',
  'other',
]);
export type AlterationReason = z.infer<typeof alterationReasonSchema>;

/** A part of the text that decoding does not give back: `text.slice(start, end)`, empty where something is added, comes out as `becomes`. */
export const alterationSchema = z.object({
  /** UTF-16 units. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  reason: alterationReasonSchema,
  becomes: z.string(),
});
export type Alteration = z.infer<typeof alterationSchema>;

/** Of all alterations, this many are told with their places. */
export const mostAlterations = 5_000;

export const encodeEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('tokens'),
    /** The next tokens, in columns: token i covers `text.slice(starts[i], ends[i])`, in UTF-16 units. 32 bits each. */
    ids: packedNumbersSchema,
    /** Never decreasing; the bytes of one character split over several byte tokens all carry that character's span. */
    starts: packedNumbersSchema,
    ends: packedNumbersSchema,
    /** `tokenFlags`, 8 bits each. */
    flags: packedNumbersSchema,
    /** One entry for each id that no earlier event had. */
    vocabulary: z.array(vocabularyEntrySchema),
    /** UTF-16 units of the text that are cut. */
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
  }),
  z.object({
    type: z.literal('end'),
    /** Unicode code points. */
    characterCount: z.int(),
    /** Whitespace-separated words, as the Lucie paper counts fertility. */
    wordCount: z.int(),
    utf8ByteCount: z.int(),
    /** The first `mostAlterations`, in the order of the text; empty where the tokens give back exactly the text. */
    alterations: z.array(alterationSchema),
    alterationCount: z.int().nonnegative(),
  }),
]);
export type EncodeEvent = z.infer<typeof encodeEventSchema>;

/** Ids of which each may follow the context: what is before it matters for what a token adds to the text. */
export const possibleNextSchema = z.object({
  /** The ids before, or the last hundred of them. */
  contextIds: z.array(z.int().nonnegative()).max(1_000),
  ids: z.array(z.int().nonnegative()).max(100),
});
export type PossibleNext = z.infer<typeof possibleNextSchema>;
/** What each adds to the text; `null` where that is no whole character, or nothing. */
export const continuationTextsSchema = z.object({ texts: z.array(z.string().nullable()) });
export type ContinuationTexts = z.infer<typeof continuationTextsSchema>;

export const tokenizerErrors = [
  'TOKENIZER_INVALID',
  'TOKENIZER_CRASHED',
  'MODEL_NOT_FOUND',
  'MODEL_FILE_UNSAFE',
  'FILE_TOO_LARGE',
  'INVALID_INPUT',
  'MODEL_FILE_MISSING',
  'HUB_UNREACHABLE',
  'HUB_RATE_LIMITED',
  'HUB_NOT_FOUND',
  'HUB_FORBIDDEN',
  'HUB_RESPONSE_INVALID',
  'HASH_MISMATCH',
  'DISK_FULL',
  'FOLDER_UNWRITABLE',
  'FOLDER_BUSY',
] as const;

export const sourceInputSchema = z.object({ tokenizer: tokenizerSourceSchema.default({ kind: 'chosen' }) });

export const tokenisationContract = {
  /** Control tokens in the text are read as such, and no `<s>` is added. Leaving the stream ends the work, between two slices. */
  encode: fails(...tokenizerErrors)
    .input(sourceInputSchema.extend({ text: z.string() }))
    .output(eventIterator(encodeEventSchema)),
  textsAfter: fails(...tokenizerErrors)
    .input(sourceInputSchema.extend(possibleNextSchema.shape))
    .output(continuationTextsSchema),
};
