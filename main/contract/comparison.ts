/** Several tokenizers over the same text, or over the same files; one that fails does not cost the others. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errorReportSchema } from './errors.ts';
import { packedNumbersSchema } from './packed-numbers.ts';
import { fails } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { tokenizerErrors, tokenizerSourceSchema } from './tokenisation.ts';

export const mostComparedTokenizers = 16;

/** Of a text, this many UTF-16 units have their cuts told; the counts are of all of it. */
export const longestCutText = 2_000_000;

/** Of the files that were left out, this many are named. */
export const mostNamedSkippedFiles = 200;

export const describedTokenizerSchema = z.object({
  /** What to ask for from now on: a repository is held to the commit that was found. */
  source: tokenizerSourceSchema,
  name: z.string(),
  /** Of its tokenizer.json on the machine of the main side. */
  path: z.string(),
  vocabularySize: z.int(),
  /** SHA-256 of tokenizer.json. */
  hash: z.string(),
  /** The hub could not be reached: this is what was fetched from it earlier. */
  isOffline: z.boolean(),
});
export type DescribedTokenizer = z.infer<typeof describedTokenizerSchema>;

export const textCountsSchema = z.object({
  /** Unicode code points. */
  characterCount: z.int(),
  /** Whitespace-separated words, as the Lucie paper counts fertility. */
  wordCount: z.int(),
  utf8ByteCount: z.int(),
});
export type TextCounts = z.infer<typeof textCountsSchema>;

/** `index` is the place of the tokenizer in the input. */
const failedTokenizerSchema = z.object({ type: z.literal('failed'), index: z.int(), error: errorReportSchema });

export const compareEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), counts: textCountsSchema }),
  z.object({
    type: z.literal('tokenizer'),
    index: z.int(),
    vocabularySize: z.int(),
    tokenCount: z.int(),
    /** Where the tokens of the first `longestCutText` units end, in UTF-16 units; one token an entry, never decreasing. */
    ends: packedNumbersSchema,
  }),
  failedTokenizerSchema,
]);
export type CompareEvent = z.infer<typeof compareEventSchema>;

/** Why a file was not counted. */
export const skipReasonSchema = z.enum(['other-kind', 'not-utf8', 'unreadable', 'not-a-file']);
export type SkipReason = z.infer<typeof skipReasonSchema>;

/** What was counted of one file or of all files of a language; `null` for a tokenizer that failed. */
const fileTotals = { counts: textCountsSchema, tokens: z.array(z.int().nullable()) };

/** ISO 639-1, read from the name of a folder or file; `null` where none says so. */
const languageSchema = z.string().nullable();

export const comparedFileSchema = z.object({
  /** Below the folder, with slashes; of a single file, its name. */
  path: z.string(),
  language: languageSchema,
  ...fileTotals,
  /** More than 1 where the file was too long to be cut in one piece: each piece may have a token more. */
  pieceCount: z.int(),
});
export type ComparedFile = z.infer<typeof comparedFileSchema>;

export const languageTotalsSchema = z.object({ language: languageSchema, fileCount: z.int(), ...fileTotals });
export type LanguageTotals = z.infer<typeof languageTotalsSchema>;

export const compareFilesEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), progress: progressSchema }),
  z.object({ type: z.literal('file'), file: comparedFileSchema }),
  z.object({ type: z.literal('skipped'), path: z.string(), reason: skipReasonSchema }),
  failedTokenizerSchema,
  z.object({
    type: z.literal('end'),
    /** Most text first. */
    languages: z.array(languageTotalsSchema),
    total: languageTotalsSchema,
    /** Of which `mostNamedSkippedFiles` were named. */
    skippedCount: z.int(),
  }),
]);
export type CompareFilesEvent = z.infer<typeof compareFilesEventSchema>;

const tokenizersSchema = z.array(tokenizerSourceSchema).min(1).max(mostComparedTokenizers);

export const comparisonContract = {
  /** What a source is; of a repository, its tokenizer.json is fetched. */
  describe: fails(...tokenizerErrors)
    .input(z.object({ tokenizer: tokenizerSourceSchema }))
    .output(describedTokenizerSchema),
  /** Each tokenizer as soon as it is done. Control tokens in the text are read as such, and no `<s>` is added. */
  compare: fails(...tokenizerErrors)
    .input(z.object({ tokenizers: tokenizersSchema, text: z.string() }))
    .output(eventIterator(compareEventSchema)),
  /** A text file, or all text files (.txt, .md) of a folder and the folders in it. Leaving the stream ends the work. */
  compareFiles: fails(...tokenizerErrors, 'FILE_NOT_FOUND', 'FILE_UNREADABLE')
    .input(z.object({ tokenizers: tokenizersSchema, path: z.string() }))
    .output(eventIterator(compareFilesEventSchema)),
};
