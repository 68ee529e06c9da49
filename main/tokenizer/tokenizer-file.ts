/**
 * Reads tokenizer.json and says clearly what is wrong with it; the native library's own messages name a line of JSON only.
 * The schema covers what this folder uses; the rest is left to the native library.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { largestFile, readBounded } from '../files/read-bounded.ts';
import { textRulesOf, type TextRules } from './text-rules.ts';

const addedTokenSchema = z.object({ id: z.int().nonnegative(), content: z.string().min(1), special: z.boolean() });
export type AddedToken = z.infer<typeof addedTokenSchema>;

const decoderStepSchema = z.looseObject({ type: z.string() });
const decoderSchema = decoderStepSchema.extend({ decoders: z.array(decoderStepSchema).optional() });

const tokenizerFileSchema = z.looseObject({
  added_tokens: z.array(addedTokenSchema),
  decoder: decoderSchema.nullish(),
  model: z.looseObject({ vocab: z.union([z.record(z.string(), z.int()), z.array(z.unknown())]) }),
});

export interface TokenizerFile {
  path: string;
  text: string;
  /** SHA-256 of the file, in hexadecimal: ids mean the same to two models exactly where this is the same. */
  hash: string;
  addedTokens: AddedToken[];
  /** True where pieces `<0x00>`…`<0xFF>` stand for bytes. */
  hasByteFallback: boolean;
  textRules: TextRules;
  /** The same tokenizer as JSON with no added token: typed control tokens are ordinary text to it. */
  withoutAddedTokens: () => string;
}

/** @throws WorkbenchError `TOKENIZER_INVALID` where the file is missing, is not JSON, or is not a tokenizer; `MODEL_FILE_UNSAFE`. */
export async function readTokenizerFile(path: string): Promise<TokenizerFile> {
  const text = await readBounded(path, largestFile.tokenizer).catch((cause: unknown) => {
    if (cause instanceof WorkbenchError) throw cause;
    throw invalidTokenizer(path, 'it cannot be read', cause);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalidTokenizer(path, 'it is not JSON', cause);
  }
  const parsed = tokenizerFileSchema.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`);
    throw invalidTokenizer(path, issues.join('; '), parsed.error);
  }
  const { added_tokens: addedTokens, decoder } = parsed.data;
  const decoders = [decoder, ...(decoder?.decoders ?? [])].filter((step) => step !== undefined && step !== null);
  return {
    path,
    text,
    hash: createHash('sha256').update(text).digest('hex'),
    addedTokens,
    hasByteFallback: decoders.some(({ type }) => type === 'ByteFallback'),
    textRules: textRulesOf(decoders),
    withoutAddedTokens: () => JSON.stringify({ ...(json as object), added_tokens: [] }),
  };
}

export function invalidTokenizer(path: string, reason: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('TOKENIZER_INVALID', `${path} is not a usable tokenizer: ${reason}.`, {
    action:
      'Put the tokenizer.json of the model into its folder (Hugging Face "tokenizers" format), or download the model again.',
    details: { path, reason },
    cause,
  });
}
