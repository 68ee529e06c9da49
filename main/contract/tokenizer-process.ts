/** What the tokenizer process does; it knows files only. `path` is a tokenizer.json. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { explainInputSchema, explanationSchema, mergeReplaySchema, mergesInputSchema } from './pipeline.ts';
import { compareEventSchema, compareFilesEventSchema } from './comparison.ts';
import { fails } from './procedure.ts';
import { chatTemplateSchema, renderedTemplateSchema, templateInputSchema } from './template-lens.ts';
import { continuationTextsSchema, encodeEventSchema, possibleNextSchema } from './tokenisation.ts';
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
  template: fails(...failures, 'CHAT_TEMPLATE_INVALID')
    .input(pathInput)
    .output(chatTemplateSchema),
  renderTemplate: fails(...failures, 'CHAT_TEMPLATE_INVALID')
    .input(pathInput.extend(templateInputSchema.shape))
    .output(renderedTemplateSchema),
  merges: fails(...failures)
    .input(pathInput.extend(mergesInputSchema.shape))
    .output(mergeReplaySchema),
  describe: fails(...failures)
    .input(pathInput)
    .output(z.object({ vocabularySize: z.int(), hash: z.string() })),
  /** One that fails is told as such, and the others go on. */
  compare: fails('INVALID_INPUT', 'FILE_TOO_LARGE')
    .input(z.object({ paths: z.array(z.string()), text: z.string() }))
    .output(eventIterator(compareEventSchema)),
  compareFiles: fails('FILE_NOT_FOUND', 'FILE_UNREADABLE', 'INVALID_INPUT')
    .input(z.object({ paths: z.array(z.string()), place: z.string() }))
    .output(eventIterator(compareFilesEventSchema)),
  textsAfter: fails(...failures)
    .input(pathInput.extend(possibleNextSchema.shape))
    .output(continuationTextsSchema),
};
