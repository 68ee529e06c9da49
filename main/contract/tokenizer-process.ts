/** What the tokenizer process does; it knows files only. `path` is a tokenizer.json. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { explainInputSchema, explanationSchema, mergeReplaySchema, mergesInputSchema } from './pipeline.ts';
import { fails } from './procedure.ts';
import { chatTemplateSchema, renderedTemplateSchema, templateInputSchema } from './template-lens.ts';
import { encodeEventSchema } from './tokenisation.ts';

const pathInput = z.object({ path: z.string() });
const failures = ['TOKENIZER_INVALID', 'MODEL_FILE_UNSAFE', 'FILE_TOO_LARGE', 'INVALID_INPUT'] as const;

export const tokenizerContract = {
  encode: fails(...failures)
    .input(pathInput.extend({ text: z.string() }))
    .output(eventIterator(encodeEventSchema)),
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
};
