/** What the tokenizer process does; it knows files only. `path` is a tokenizer.json. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { fails } from './procedure.ts';
import { continuationTextsSchema, encodeEventSchema, possibleNextSchema } from './tokenisation.ts';

const pathInput = z.object({ path: z.string() });
const failures = ['TOKENIZER_INVALID', 'MODEL_FILE_UNSAFE', 'FILE_TOO_LARGE', 'INVALID_INPUT'] as const;

export const tokenizerContract = {
  encode: fails(...failures)
    .input(pathInput.extend({ text: z.string() }))
    .output(eventIterator(encodeEventSchema)),
  textsAfter: fails(...failures)
    .input(pathInput.extend(possibleNextSchema.shape))
    .output(continuationTextsSchema),
};
