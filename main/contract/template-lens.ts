/** A conversation through a chat template, part by part and token by token; a template that fails is told with the place, if it is known. */
import { z } from 'zod';
import { fails } from './procedure.ts';
import { sourceInputSchema, tokenizerErrors } from './tokenisation.ts';
import { vocabularyEntrySchema } from './tokens.ts';

/** UTF-16 units. */
export const longestTemplate = 100_000;
export const longestContent = 50_000;
export const mostTurns = 100;
/** Of the rendered text. */
export const longestRendering = 400_000;

export const chatTemplateSchema = z.object({
  /** Jinja; `null` where the model has none. */
  source: z.string().nullable(),
});
export type ChatTemplateSource = z.infer<typeof chatTemplateSchema>;

export const templateInputSchema = z.object({
  template: z.string().max(longestTemplate),
  messages: z.array(z.object({ role: z.string().max(100), content: z.string().max(longestContent) })).max(mostTurns),
  addGenerationPrompt: z.boolean(),
  /** Whether control tokens that were typed into a content stay text, as in every chat here, or are read as such. */
  controlTokens: z.enum(['escape', 'parse']),
});
export type TemplateInput = z.infer<typeof templateInputSchema>;

/** A run of the rendered text. Runs follow each other without gaps. */
export const templateRunSchema = z.object({
  /** UTF-16 units. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  origin: z.enum(['template', 'control', 'content']),
  /** Whose content it is; `null` outside of contents. */
  turn: z.int().nonnegative().nullable(),
});
export type TemplateRun = z.infer<typeof templateRunSchema>;

export const typedControlTokenSchema = z.object({
  turn: z.int().nonnegative(),
  /** In the rendered text. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  /** What it becomes where it is read as a control token. */
  id: z.int().nonnegative(),
  content: z.string(),
});
export type TypedControlToken = z.infer<typeof typedControlTokenSchema>;

export const templateProblemSchema = z.object({
  /** `syntax`: it does not parse. `run`: it stopped while rendering. `time`, `size`: it went on and on. */
  kind: z.enum(['syntax', 'run', 'time', 'size']),
  /** As the template engine says it, in English. */
  message: z.string(),
  /** The place in the template, in UTF-16 units; `null` where it is not known. */
  place: z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }).nullable(),
});
export type TemplateProblem = z.infer<typeof templateProblemSchema>;

export const renderedTemplateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rendered'),
    text: z.string(),
    runs: z.array(templateRunSchema),
    /** Token i covers `text.slice(starts[i], ends[i])`. No `<s>` is added: the template writes it. */
    ids: z.array(z.int().nonnegative()),
    starts: z.array(z.int().nonnegative()),
    ends: z.array(z.int().nonnegative()),
    vocabulary: z.array(vocabularyEntrySchema),
    typedControlTokens: z.array(typedControlTokenSchema),
    /** The template changes contents (other than by trimming), so that what comes of a content cannot be told for sure. */
    changesContents: z.boolean(),
  }),
  z.object({ kind: z.literal('failed'), problem: templateProblemSchema }),
]);
export type RenderedTemplate = z.infer<typeof renderedTemplateSchema>;

export const templateLensContract = {
  /** The template beside the tokenizer. */
  template: fails(...tokenizerErrors, 'CHAT_TEMPLATE_INVALID')
    .input(sourceInputSchema)
    .output(chatTemplateSchema),
  renderTemplate: fails(...tokenizerErrors, 'CHAT_TEMPLATE_INVALID')
    .input(sourceInputSchema.extend(templateInputSchema.shape))
    .output(renderedTemplateSchema),
};
