/** Whether an answer could be held to a grammar, told while the grammar is written and not only when a message is sent. */
import { z } from 'zod';
import { fails } from './procedure.ts';
import { grammarSchema } from './sampling.ts';

export const grammarCheckContract = {
  /** `false` where it cannot be told now: no model is loaded, or it is at work. */
  checkGrammar: fails('GRAMMAR_INVALID', 'ENGINE_CRASHED', 'ENGINE_UNAVAILABLE')
    .input(z.object({ grammar: grammarSchema }))
    .output(z.object({ isChecked: z.boolean() })),
};
