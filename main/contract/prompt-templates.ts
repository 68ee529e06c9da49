/** Texts with variables that the user keeps for messages to come (`{{language}}`; renderer/chat/templates/template-text.ts reads them). */
import { z } from 'zod';
import { fails, procedure } from './procedure.ts';

const fields = { name: z.string().trim().min(1).max(200), text: z.string().min(1).max(1_000_000) };

export const promptTemplateSchema = z.object({
  id: z.string(),
  ...fields,
  /** Milliseconds since 1970. */
  updatedAt: z.number(),
});
export type PromptTemplate = z.infer<typeof promptTemplateSchema>;

export const promptTemplatesContract = {
  /** By name. */
  list: procedure.output(z.array(promptTemplateSchema)),
  /** A new one where `id` is `null`; one that was deleted meanwhile, or whose deletion is taken back, is there again. */
  save: fails('INVALID_INPUT')
    .input(z.object({ id: z.string().min(1).max(100).nullable(), ...fields }))
    .output(promptTemplateSchema),
  remove: procedure.input(z.object({ id: z.string() })).output(z.void()),
};
