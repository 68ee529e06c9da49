/**
 * Recognises the tokenizer.json of Lucie's family, field by field: BPE with byte fallback and no pre-tokenizer, a normaliser of
 * NFC and replacements, and the decoder that takes these back. A file with anything else in it is not of the family, and is left
 * to the native library: a fast answer that is not exactly the library's would be worthless.
 */
import { z } from 'zod';
import { MergeTable, type MergeColumns } from './merge-table.ts';
import { decoderRulesOf, type DecoderRules } from './decoder-rules.ts';
import { normaliserRulesOf, type NormaliserRules } from './normaliser-rules.ts';

/** A token that is looked for in the text before anything else. */
export interface ControlToken {
  id: number;
  content: string;
}

export interface TokenizerFamily {
  /** Piece of every id. */
  pieces: string[];
  idOfPiece: ReadonlyMap<string, number>;
  merges: MergeColumns;
  /** Id of the token of each byte. */
  byteIds: Int32Array;
  normaliser: NormaliserRules;
  decoder: DecoderRules;
  controlTokens: ControlToken[];
  /** Ids that the post-processor puts around a text. */
  before: number[];
  after: number[];
}

const addedTokenSchema = z.strictObject({
  id: z.int().nonnegative(),
  content: z.string().min(1),
  single_word: z.literal(false),
  lstrip: z.literal(false),
  rstrip: z.literal(false),
  normalized: z.literal(false),
  special: z.boolean(),
});

const modelSchema = z.strictObject({
  type: z.literal('BPE'),
  dropout: z.null().optional(),
  unk_token: z.string().nullish(),
  continuing_subword_prefix: z.union([z.null(), z.literal('')]).optional(),
  end_of_word_suffix: z.union([z.null(), z.literal('')]).optional(),
  fuse_unk: z.boolean().optional(),
  byte_fallback: z.literal(true),
  ignore_merges: z.literal(false).optional(),
  /** Both are checked while they are read: a schema over 130,000 entries takes longer than everything else here. */
  vocab: z.unknown(),
  merges: z.unknown(),
});

const fileSchema = z.strictObject({
  version: z.literal('1.0'),
  truncation: z.null(),
  padding: z.null(),
  added_tokens: z.array(addedTokenSchema),
  normalizer: z.unknown(),
  pre_tokenizer: z.null(),
  post_processor: z.unknown(),
  decoder: z.unknown(),
  model: modelSchema,
});

const specialPart = z.strictObject({ SpecialToken: z.strictObject({ id: z.string(), type_id: z.int() }) });
const textPart = z.strictObject({ Sequence: z.strictObject({ id: z.literal('A'), type_id: z.literal(0) }) });
const templateSchema = z.strictObject({
  type: z.literal('TemplateProcessing'),
  single: z.array(z.union([specialPart, textPart])),
  pair: z.unknown(),
  special_tokens: z.record(z.string(), z.strictObject({ id: z.string(), ids: z.array(z.int()), tokens: z.unknown() })),
});

/** `json` is a parsed tokenizer.json. `null` where it is not of the family. */
export function recogniseFamily(json: unknown): TokenizerFamily | null {
  const file = fileSchema.safeParse(json).data;
  if (file === undefined) return null;
  const { model } = file;
  const vocabulary = vocabularyOf(model.vocab);
  const normaliser = normaliserRulesOf(file.normalizer);
  const decoder = decoderRulesOf(file.decoder);
  const around = templateOf(file.post_processor);
  if (vocabulary === null || normaliser === null || decoder === null || around === null) return null;
  const { pieces, idOfPiece } = vocabulary;
  // The decoder drops every `▁` of the first token: where they are not all in front, what is lost would not be told exactly.
  if (!idOfPiece.has('▁') || pieces.some((piece) => /[^▁]▁/.test(piece))) return null;
  if (model.unk_token !== null && model.unk_token !== undefined && !idOfPiece.has(model.unk_token)) return null;
  if (file.added_tokens.some(({ id, content }) => idOfPiece.get(content) !== id)) return null;
  const byteIds = byteIdsOf(idOfPiece);
  const merges = byteIds === null ? null : mergesOf(model.merges, idOfPiece);
  if (byteIds === null || merges === null) return null;
  const controlTokens = file.added_tokens.map(({ id, content }) => ({ id, content }));
  const unmerged = new Set([...byteIds, ...controlTokens.map(({ id }) => id)]);
  const touches = (column: Int32Array) => column.some((id) => unmerged.has(id));
  if (touches(merges.left) || touches(merges.right) || touches(merges.result)) return null;
  return { pieces, idOfPiece, merges, byteIds, normaliser, decoder, controlTokens, ...around };
}

function vocabularyOf(vocab: unknown): { pieces: string[]; idOfPiece: Map<string, number> } | null {
  if (typeof vocab !== 'object' || vocab === null || Array.isArray(vocab)) return null;
  const entries = Object.entries(vocab as Record<string, unknown>);
  const pieces = new Array<string>(entries.length).fill('');
  const idOfPiece = new Map<string, number>();
  for (const [piece, id] of entries) {
    if (typeof id !== 'number' || piece === '' || pieces[id] !== '') return null;
    pieces[id] = piece;
    idOfPiece.set(piece, id);
  }
  return { pieces, idOfPiece };
}

function byteIdsOf(idOfPiece: ReadonlyMap<string, number>): Int32Array | null {
  const ids = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const id = idOfPiece.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
    if (id === undefined) return null;
    ids[byte] = id;
  }
  return ids;
}

function mergesOf(merges: unknown, idOfPiece: ReadonlyMap<string, number>): MergeColumns | null {
  if (!Array.isArray(merges)) return null;
  const columns = {
    left: new Int32Array(merges.length),
    right: new Int32Array(merges.length),
    result: new Int32Array(merges.length),
  };
  for (const [rank, merge] of merges.entries()) {
    const parts = partsOfMerge(merge);
    if (parts === null) return null;
    const left = idOfPiece.get(parts[0]);
    const right = idOfPiece.get(parts[1]);
    const result = idOfPiece.get(parts[0] + parts[1]);
    if (left === undefined || right === undefined || result === undefined) return null;
    columns.left[rank] = left;
    columns.right[rank] = right;
    columns.result[rank] = result;
  }
  return new MergeTable(columns).size === merges.length ? columns : null;
}

/** Left and right part, written `left right` or `[left, right]`. */
function partsOfMerge(merge: unknown): [string, string] | null {
  if (typeof merge === 'string') {
    const at = merge.indexOf(' ');
    return at === -1 || merge.includes(' ', at + 1) ? null : [merge.slice(0, at), merge.slice(at + 1)];
  }
  if (!Array.isArray(merge) || merge.length !== 2) return null;
  const [left, right] = merge as unknown[];
  return typeof left === 'string' && typeof right === 'string' ? [left, right] : null;
}

function templateOf(postProcessor: unknown): { before: number[]; after: number[] } | null {
  if (postProcessor === null || postProcessor === undefined) return { before: [], after: [] };
  const template = templateSchema.safeParse(postProcessor).data;
  if (template === undefined) return null;
  const middle = template.single.findIndex((part) => 'Sequence' in part);
  if (middle === -1) return null;
  const idsOf = (parts: typeof template.single) =>
    parts.map((part) => ('SpecialToken' in part ? (template.special_tokens[part.SpecialToken.id]?.ids ?? null) : null));
  const before = idsOf(template.single.slice(0, middle));
  const after = idsOf(template.single.slice(middle + 1));
  if ([...before, ...after].includes(null)) return null;
  return { before: before.flatMap((ids) => ids ?? []), after: after.flatMap((ids) => ids ?? []) };
}
