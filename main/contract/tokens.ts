/** Tokens of a text and of an answer, as every pane and the command line show them. */
import { z } from 'zod';

export const tokenKindSchema = z.enum(['normal', 'byte', 'special', 'unused']);
export type TokenKind = z.infer<typeof tokenKindSchema>;

/** One vocabulary entry. */
export const vocabularyEntrySchema = z.object({
  id: z.int().nonnegative(),
  /** As written in the vocabulary: `▁été`, `<0xC3>`, `<|eot_id|>`. */
  piece: z.string(),
  kind: tokenKindSchema,
  /** The bytes that the token stands for, in hexadecimal (`▁` is a space); empty for a special token. */
  bytes: z.string(),
  /** Place of the merge that makes it, from 0; `null` for a token of the alphabet, a byte, a control token. */
  mergeRank: z.int().nonnegative().nullable(),
});
export type VocabularyEntry = z.infer<typeof vocabularyEntrySchema>;

/**
 * How early a token was learned. Byte pair encoding learns merges from the most frequent pair to the rarest (Sennrich, Haddow and Birch
 * 2016, arXiv:1508.07909), so the rank of a merge orders tokens by how frequent they were; no file says how frequent. Class n holds
 * the 2^n merges from rank 2^n - 1 on.
 */
export function frequencyClassOf(mergeRank: number): number {
  return Math.floor(Math.log2(mergeRank + 1));
}

/** A tokenised text in columns: token i has id `ids[i]` and covers `text.slice(starts[i], ends[i])` (UTF-16 units). */
export const tokenizedTextSchema = z.object({
  ids: z.array(z.int()),
  /** Never decreasing; the bytes of one character split over several byte tokens all carry that character's span. */
  starts: z.array(z.int()),
  ends: z.array(z.int()),
  /** True where the token begins with a space that is not in the text: the tokenizer put it there. */
  insertedSpace: z.array(z.boolean()),
  /** One entry for each distinct id. */
  vocabulary: z.array(vocabularyEntrySchema),
  /** Unicode code points. */
  characterCount: z.int(),
  /** Whitespace-separated words, as the Lucie paper counts fertility. */
  wordCount: z.int(),
  utf8ByteCount: z.int(),
  /** What the ids decode to: differs from the text where the tokenizer loses something. */
  decoded: z.string(),
});
export type TokenizedText = z.infer<typeof tokenizedTextSchema>;

/** A token that the model could have produced. Log-probabilities are natural logarithms of the raw model distribution. */
export const alternativeSchema = z.object({ id: z.int(), piece: z.string(), logProbability: z.number() });
export type Alternative = z.infer<typeof alternativeSchema>;

export const generatedTokenSchema = z.object({
  id: z.int(),
  piece: z.string(),
  /** What this token adds to the answer's text; empty while the bytes of a character are incomplete. */
  text: z.string(),
  logProbability: z.number(),
  /** Of this token after all steps of the sampling, 1 where it was greedy; `null` in answers of earlier versions. */
  probability: z.number().min(0).max(1).nullable().default(null),
  /** 1 is the most probable token. */
  rank: z.int().positive(),
  /** Entropy of the raw distribution in nats. */
  entropy: z.number(),
  /** The ten most probable tokens, best first. */
  alternatives: z.array(alternativeSchema),
});
export type GeneratedToken = z.infer<typeof generatedTokenSchema>;
