/**
 * How a tokenizer's decoder makes text of pieces, as rules that say what one more token adds to a text: what constraints on the
 * text of an answer need, without decoding every token of the vocabulary at every step.
 */
import { z } from 'zod';

export interface TextRules {
  /** Pieces spell bytes with GPT-2's printable characters. */
  isByteLevel: boolean;
  /** After these, one space is dropped: Lucie's `(`, `"`, `'`, a line break and others. */
  swallowers: string[];
  /** Spaces of the first token: all dropped (Metaspace), one dropped (Strip), or kept. */
  atStart: 'no-spaces' | 'one-space-less' | 'as-is';
}

const replacement = z.object({
  type: z.literal('Replace'),
  pattern: z.object({ String: z.string() }),
  content: z.string(),
});
const metaspace = z.object({ type: z.literal('Metaspace'), prepend_scheme: z.string().default('always') });
const strip = z.object({ type: z.literal('Strip'), content: z.literal(' '), start: z.int().positive() });

/** `steps` are the decoder of tokenizer.json and, where it is a sequence, its parts. */
export function textRulesOf(steps: readonly { type: string }[]): TextRules {
  const rules: TextRules = { isByteLevel: false, swallowers: [], atStart: 'as-is' };
  for (const step of steps) {
    if (step.type === 'ByteLevel') rules.isByteLevel = true;
    const replace = replacement.safeParse(step).data;
    if (replace !== undefined && replace.content !== '' && replace.pattern.String === `${replace.content} `) {
      rules.swallowers.push(replace.content);
    }
    if (strip.safeParse(step).success) rules.atStart = 'one-space-less';
    const scheme = metaspace.safeParse(step).data?.prepend_scheme;
    if (scheme !== undefined && scheme !== 'never') rules.atStart = 'no-spaces';
  }
  return rules;
}
