/** The merges of a byte pair encoding, of Lucie's family or any other, ready to be applied again. */
import { z } from 'zod';
import { SymbolMerger } from '../fast/merge-symbols.ts';
import { MergeTable } from '../fast/merge-table.ts';
import type { Tokenizer } from '../tokenizer.ts';

export interface MergeRules {
  merger: SymbolMerger;
  resultOf: (rank: number) => number;
}

const affix = z.string().nullish();
const modelSchema = z.looseObject({
  type: z.literal('BPE').optional(),
  vocab: z.record(z.string(), z.int()),
  merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  continuing_subword_prefix: affix,
  end_of_word_suffix: affix,
});
const definitionSchema = z.looseObject({ model: modelSchema });

const known = new WeakMap<Tokenizer, MergeRules | 'no-merges' | 'affixes'>();

/** Or why there are none: the model is not byte pair encoding, or writes its pieces with a prefix or suffix. */
export function mergeRulesOf(tokenizer: Tokenizer): MergeRules | 'no-merges' | 'affixes' {
  const rules = known.get(tokenizer) ?? read(tokenizer);
  known.set(tokenizer, rules);
  return rules;
}

function read(tokenizer: Tokenizer): MergeRules | 'no-merges' | 'affixes' {
  if (tokenizer.fast !== null) {
    const { merger, table } = tokenizer.fast.chunks;
    return { merger, resultOf: (rank) => table.resultOf(rank) };
  }
  const model = definitionSchema.safeParse(tokenizer.definition()).data?.model;
  if (model === undefined) return 'no-merges';
  if (model.continuing_subword_prefix || model.end_of_word_suffix) return 'affixes';
  const columns = { left: [] as number[], right: [] as number[], result: [] as number[] };
  for (const merge of model.merges) {
    const [left = '', right = ''] = typeof merge === 'string' ? merge.split(' ') : merge;
    const ids = [model.vocab[left], model.vocab[right], model.vocab[left + right]];
    // A merge that cannot be applied still has a rank.
    const [leftId = -2, rightId = -2, resultId = -2] = ids.includes(undefined) ? [] : ids;
    columns.left.push(leftId);
    columns.right.push(rightId);
    columns.result.push(resultId);
  }
  const table = new MergeTable({
    left: Int32Array.from(columns.left),
    right: Int32Array.from(columns.right),
    result: Int32Array.from(columns.result),
  });
  return { merger: new SymbolMerger(table), resultOf: (rank) => table.resultOf(rank) };
}
