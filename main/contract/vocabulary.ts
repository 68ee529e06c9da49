/** A tokenizer's whole vocabulary, searched on the main side: the window asks for the rows that it shows. */
import { z } from 'zod';
import { fails } from './procedure.ts';
import { sourceInputSchema, tokenizerErrors } from './tokenisation.ts';
import { tokenKindSchema, vocabularyEntrySchema } from './tokens.ts';

/** Rows of one answer at most. */
export const mostVocabularyRows = 5_000;
export const longestVocabularyQuery = 500;

/**
 * The script of a token's letters (Unicode property `Script`), or what it is made of where it has none. `mixed`: letters of several
 * scripts; `other`: letters of a script that is not listed here; `none`: bytes, control tokens and free places.
 */
export const tokenScriptSchema = z.enum([
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Georgian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Hangul',
  'Hiragana',
  'Katakana',
  'Han',
  'other',
  'mixed',
  'digits',
  'punctuation',
  'symbols',
  'spaces',
  'none',
]);
export type TokenScript = z.infer<typeof tokenScriptSchema>;

/** Whether any text is ever encoded with a token. */
export const tokenReachabilitySchema = z.enum([
  'reachable',
  /** Only where control tokens in the text are read as such, or put in by a template. */
  'control',
  /** Its characters never stand so in a normalised text: Lucie's no-break spaces become plain ones. */
  'never-normalised',
  /** Its characters are always merged into other tokens; or, for a byte, every character that has it has a token. */
  'never-merged',
  /** It was not looked into: the tokenizer is not of Lucie's family. */
  'unknown',
]);
export type TokenReachability = z.infer<typeof tokenReachabilitySchema>;

const placeSchema = z.enum(['anywhere', 'start', 'whole']).default('anywhere');

export const vocabularyQuerySchema = z.discriminatedUnion('form', [
  z.object({ form: z.literal('all') }),
  z.object({
    form: z.literal('text'),
    /** Looked for in the token's text, where `▁` is a space. */
    text: z.string().max(longestVocabularyQuery),
    place: placeSchema,
    matchCase: z.boolean().default(false),
    matchAccents: z.boolean().default(false),
  }),
  z.object({
    form: z.literal('regex'),
    /** ECMAScript with the flag `u`, on the token's text. */
    pattern: z.string().max(longestVocabularyQuery),
    matchCase: z.boolean().default(false),
  }),
  z.object({
    form: z.literal('bytes'),
    /** Pairs of hexadecimal digits, with or without spaces: `c3 a9`. */
    hexadecimal: z.string().max(longestVocabularyQuery),
    place: placeSchema,
  }),
  z.object({ form: z.literal('id'), first: z.int().nonnegative(), last: z.int().nonnegative() }),
]);
export type VocabularyQuery = z.infer<typeof vocabularyQuerySchema>;

const rangeSchema = z
  .object({
    least: z.int().nonnegative().nullable().default(null),
    most: z.int().nonnegative().nullable().default(null),
  })
  .prefault({});

export const vocabularyFiltersSchema = z
  .object({
    /** An empty list filters nothing. */
    kinds: z.array(tokenKindSchema).default([]),
    scripts: z.array(tokenScriptSchema).default([]),
    reachability: z.array(tokenReachabilitySchema).default([]),
    beginsWithSpace: z.boolean().nullable().default(null),
    /** Unicode code points of the token's text. */
    characters: rangeSchema,
    bytes: rangeSchema,
  })
  .prefault({});
export type VocabularyFilters = z.infer<typeof vocabularyFiltersSchema>;

export const vocabularySortSchema = z
  .object({
    /** `text` is the order of code points, whatever the language. Tokens without a merge come last. */
    by: z.enum(['id', 'text', 'characters', 'bytes', 'mergeRank']).default('id'),
    descending: z.boolean().default(false),
  })
  .prefault({});
export type VocabularySort = z.infer<typeof vocabularySortSchema>;

export const vocabularyInputSchema = z.object({
  query: vocabularyQuerySchema.default({ form: 'all' }),
  filters: vocabularyFiltersSchema,
  sort: vocabularySortSchema,
  offset: z.int().nonnegative().default(0),
  limit: z.int().min(1).max(mostVocabularyRows).default(200),
  /** A token whose place among the hits is wanted. */
  locate: z.int().nonnegative().nullable().default(null),
});
export type VocabularyInput = z.infer<typeof vocabularyInputSchema>;

export const vocabularyRowSchema = vocabularyEntrySchema.extend({
  /** What it stands for, `▁` as a space; empty for a byte that is no character, and for control tokens. */
  text: z.string(),
  /** Unicode code points of the text. */
  characterCount: z.int().nonnegative(),
  script: tokenScriptSchema,
  /**
   * `floor(log2(rank + 1))` of its merge. Merges are learned from frequent pairs to rare ones, so each class holds twice as many tokens
   * as the one before, all rarer when they were learned. It counts no text. `null` where the merge was not learned in that order.
   */
  frequencyClass: z.int().nonnegative().nullable(),
  reachability: tokenReachabilitySchema,
});
export type VocabularyRow = z.infer<typeof vocabularyRowSchema>;

/** How many hits a choice would give, the other filters as they are. */
export const vocabularyFacetsSchema = z.object({
  kinds: z.partialRecord(tokenKindSchema, z.int()),
  scripts: z.partialRecord(tokenScriptSchema, z.int()),
  reachability: z.partialRecord(tokenReachabilitySchema, z.int()),
  withSpace: z.int(),
  withoutSpace: z.int(),
});
export type VocabularyFacets = z.infer<typeof vocabularyFacetsSchema>;

export const vocabularyPageSchema = z.object({
  /** SHA-256 of the tokenizer.json. */
  tokenizerHash: z.string(),
  /** Tokens of the whole vocabulary. */
  size: z.int(),
  /** Hits of the query with its filters. */
  total: z.int(),
  rows: z.array(vocabularyRowSchema),
  facets: vocabularyFacetsSchema,
  /** Place of the token to be located, from 0; `null` where it is no hit. */
  located: z.int().nullable(),
});
export type VocabularyPage = z.infer<typeof vocabularyPageSchema>;

export const tokenLinkSchema = z.object({ id: z.int(), piece: z.string() });
export type TokenLink = z.infer<typeof tokenLinkSchema>;

/** The first of a longer list. */
const someTokensSchema = z.object({ total: z.int(), first: z.array(tokenLinkSchema) });
export type SomeTokens = z.infer<typeof someTokensSchema>;

export const mergeNodeSchema = tokenLinkSchema.extend({
  mergeRank: z.int().nullable(),
  /** Places in the list of the two parts that its merge joins; `null` where it is one character. */
  parts: z.tuple([z.int(), z.int()]).nullable(),
});
export type MergeNode = z.infer<typeof mergeNodeSchema>;

export const vocabularyDetailsSchema = vocabularyRowSchema.extend({
  tokenizerHash: z.string(),
  /** How it is merged from single characters: parts before wholes, the token itself last. */
  tree: z.array(mergeNodeSchema),
  /** Tokens that a merge makes of this one and another, earliest merges first. */
  builtFromIt: someTokensSchema,
  /**
   * Words of the vocabulary (a space, then letters, apostrophes and hyphens) that are built through this token, over any number of
   * merges, earliest first. Such words are tokens of their own: as text they are encoded as themselves.
   */
  words: someTokensSchema,
  /** Other tokens whose text has this one's text in it, however they are merged. */
  containingCount: z.int(),
});
export type VocabularyDetails = z.infer<typeof vocabularyDetailsSchema>;

export const vocabularyContract = {
  /** `SEARCH_INVALID`: an expression that is none or takes too long, digits that are no bytes. */
  vocabulary: fails(...tokenizerErrors, 'SEARCH_INVALID')
    .input(sourceInputSchema.extend(vocabularyInputSchema.shape))
    .output(vocabularyPageSchema),
  /** `INVALID_INPUT` for an id that is not in the vocabulary. */
  vocabularyEntry: fails(...tokenizerErrors)
    .input(sourceInputSchema.extend({ id: z.int().nonnegative() }))
    .output(vocabularyDetailsSchema),
};
