/**
 * How a text becomes tokens, stage by stage: what normalisation does to it, where it is cut, which pieces are merged in which order,
 * and what of it comes back. All stages are told as one list of atoms, so that the counterpart of anything in any other stage is known.
 */
import { z } from 'zod';
import { fails } from './procedure.ts';
import { alterationReasonSchema, sourceInputSchema, tokenizerErrors } from './tokenisation.ts';
import { vocabularyEntrySchema } from './tokens.ts';

/** UTF-16 units: a view shows a passage, not a book. */
export const longestExplainedText = 20_000;

/** Tokens of a chunk whose merges are replayed. */
export const mostReplayedTokens = 1_000;

export const normalisationReasonSchema = z.enum([
  /** A space is written `▁`. */
  'space-sign',
  /** A space is put in front of a text, and after a control token. */
  'space-in-front',
  /** A space is put between a mark such as an apostrophe and what follows it. */
  'space-after-mark',
  /** A no-break space becomes an ordinary one. */
  'no-break-space',
  'carriage-return',
  'nul',
  /** Another sequence of code points for the same characters: NFC. */
  'composed',
  /** Half of a surrogate pair becomes U+FFFD. */
  'lone-surrogate',
  'other',
]);
export type NormalisationReason = z.infer<typeof normalisationReasonSchema>;

/** The smallest part of a text that can be followed through all stages. Atoms are in order and cover the text without gaps. */
export const textAtomSchema = z.object({
  /** `text.slice(start, end)`, in UTF-16 units; empty where normalisation inserted something. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  /** What normalisation made of it; `null` where that is not known part by part. */
  normalised: z.string().nullable(),
  change: z.enum(['same', 'changed', 'inserted', 'deleted', 'control']),
  reason: normalisationReasonSchema.nullable(),
  /** What comes back of it; `null` where that is not known part by part. */
  decoded: z.string().nullable(),
  /** Why something else comes back than was there. */
  loss: alterationReasonSchema.nullable(),
  chunk: z.int().nonnegative().nullable(),
  /** It belongs to the tokens from `token` on, `tokenCount` of them: several where a character is spelled in bytes. */
  token: z.int().nonnegative(),
  tokenCount: z.int().nonnegative(),
});
export type TextAtom = z.infer<typeof textAtomSchema>;

export const explanationSchema = z.object({
  /** Whether the stages are followed unit by unit, or known only as far as the library tells them. */
  detail: z.enum(['exact', 'library']),
  atoms: z.array(textAtomSchema),
  ids: z.array(z.int().nonnegative()),
  /** One entry for each distinct id. */
  vocabulary: z.array(vocabularyEntrySchema),
  /** Nothing is merged across their borders. `null` where the library does not tell. */
  chunks: z
    .array(z.object({ token: z.int().nonnegative(), tokenCount: z.int().positive(), isControl: z.boolean() }))
    .nullable(),
  /** The whole normalised text; `null` where the library does not tell. */
  normalised: z.string().nullable(),
  /** What the ids decode to. */
  decoded: z.string(),
});
export type Explanation = z.infer<typeof explanationSchema>;

const mergedPieceSchema = z.object({ id: z.int().nonnegative(), piece: z.string() });

/** The merges of a chunk, or why there is nothing to replay. */
export const mergeReplaySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('merges'),
    /** Characters, and bytes where a character is not in the vocabulary. */
    initial: z.array(mergedPieceSchema),
    /** In the order in which they happen: the pieces at `at` and `at + 1` become `result`, at `at`. */
    merges: z.array(
      z.object({
        /** 0 is the first of the merges that were learned. */
        rank: z.int().nonnegative(),
        at: z.int().nonnegative(),
        result: mergedPieceSchema,
      }),
    ),
  }),
  z.object({
    kind: z.literal('none'),
    /** Not byte pair encoding; pieces are written with a prefix or suffix; or the merges do not lead to these ids. */
    reason: z.enum(['no-merges', 'affixes', 'not-reproduced']),
  }),
]);
export type MergeReplay = z.infer<typeof mergeReplaySchema>;

export const explainInputSchema = z.object({ text: z.string().max(longestExplainedText) });
export const mergesInputSchema = z.object({ ids: z.array(z.int().nonnegative()).min(1).max(mostReplayedTokens) });

export const pipelineContract = {
  /** Control tokens in the text are read as such, and no `<s>` is added. */
  explain: fails(...tokenizerErrors)
    .input(sourceInputSchema.extend(explainInputSchema.shape))
    .output(explanationSchema),
  /** `ids` are those of one chunk. */
  merges: fails(...tokenizerErrors)
    .input(sourceInputSchema.extend(mergesInputSchema.shape))
    .output(mergeReplaySchema),
};
