/** What the tokenizer process does; it knows files only. `path` is a tokenizer.json. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { explainInputSchema, explanationSchema, mergeReplaySchema, mergesInputSchema } from './pipeline.ts';
import { fails } from './procedure.ts';
import { encodeEventSchema } from './tokenisation.ts';
import { vocabularyDetailsSchema, vocabularyInputSchema, vocabularyPageSchema } from './vocabulary.ts';

const pathInput = z.object({ path: z.string() });
const failures = ['TOKENIZER_INVALID', 'MODEL_FILE_UNSAFE', 'FILE_TOO_LARGE', 'INVALID_INPUT'] as const;

export const tokenizerContract = {
  encode: fails(...failures)
    .input(pathInput.extend({ text: z.string() }))
    .output(eventIterator(encodeEventSchema)),
  vocabulary: fails(...failures, 'SEARCH_INVALID')
    .input(pathInput.extend(vocabularyInputSchema.shape))
    .output(vocabularyPageSchema),
  vocabularyEntry: fails(...failures)
    .input(pathInput.extend({ id: z.int().nonnegative() }))
    .output(vocabularyDetailsSchema),
  explain: fails(...failures)
    .input(pathInput.extend(explainInputSchema.shape))
    .output(explanationSchema),
  merges: fails(...failures)
    .input(pathInput.extend(mergesInputSchema.shape))
    .output(mergeReplaySchema),
};
