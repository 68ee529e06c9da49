/** The family's decoder as rules: bytes, `▁` as spaces and none of them in the first token, then one space dropped after some texts. */
import { z } from 'zod';

/** Units. */
export const longestSwallower = 64;

export interface DecoderRules {
  /** After each of these texts one space is dropped; longer ones are applied first. */
  swallowers: string[];
}

const replaceSchema = z.strictObject({
  type: z.literal('Replace'),
  pattern: z.strictObject({ String: z.string() }),
  content: z.string().min(1),
});
const decoderSchema = z.strictObject({
  type: z.literal('Sequence'),
  decoders: z
    .tuple([
      z.strictObject({ type: z.literal('ByteFallback') }),
      z.strictObject({
        type: z.literal('Metaspace'),
        replacement: z.literal('▁'),
        add_prefix_space: z.literal(true).optional(),
        prepend_scheme: z.literal('always').optional(),
        split: z.boolean().optional(),
      }),
      z.strictObject({ type: z.literal('Fuse') }),
    ])
    .rest(replaceSchema),
});

/** `null` where the decoder is another, or where one of its replacements could undo what another did. */
export function decoderRulesOf(decoder: unknown): DecoderRules | null {
  const [, , , ...replacements] = decoderSchema.safeParse(decoder).data?.decoders ?? [];
  if (decoder === null || !decoderSchema.safeParse(decoder).success) return null;
  if (replacements.some(({ pattern, content }) => pattern.String !== `${content} `)) return null;
  const swallowers = replacements.map(({ content }) => content);
  return areIndependent(swallowers) ? { swallowers } : null;
}

/** Dropping a space for one text never makes or breaks a match of another that is applied later. */
function areIndependent(swallowers: readonly string[]): boolean {
  if (swallowers.some((text) => text.length > longestSwallower || /[ ▁]/.test(text))) return false;
  const firstShort = swallowers.findIndex((text) => text.length === 1);
  const long = firstShort === -1 ? swallowers : swallowers.slice(0, firstShort);
  if (firstShort !== -1 && swallowers.slice(firstShort).some((text) => text.length > 1)) return false;
  const containsLong = (text: string) => long.some((other) => other !== text && text.includes(other));
  const endsInOther = (text: string) => swallowers.some((other) => other !== text && text.endsWith(other));
  return new Set(swallowers).size === swallowers.length && !long.some(containsLong) && !swallowers.some(endsInOther);
}
