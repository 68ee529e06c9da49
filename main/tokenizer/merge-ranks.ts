/** Which merge makes a token, for any BPE tokenizer: the earlier, the more frequent in what the tokenizer was trained on. */
import { z } from 'zod';

const modelSchema = z.object({
  model: z.looseObject({ merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])) }),
});

/** Rank of the first merge that makes a piece, by piece. `json` is a parsed tokenizer.json; empty where it has no merges. */
export function mergeRanks(json: unknown): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const [rank, merge] of (modelSchema.safeParse(json).data?.model.merges ?? []).entries()) {
    const piece = typeof merge === 'string' ? merge.replace(' ', '') : merge.join('');
    if (!ranks.has(piece)) ranks.set(piece, rank);
  }
  return ranks;
}
