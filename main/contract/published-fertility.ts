/**
 * Tokens per word as the makers of Lucie measured and published them, for Lucie and for tokenizers of its time: reference points beside
 * what is measured here, and never on the user's own text. Source, commit and file are in the data.
 */
import { z } from 'zod';
import published from './published-fertility.json' with { type: 'json' };

const publishedFertilitySchema = z.object({
  source: z.url(),
  commit: z.string(),
  file: z.string(),
  tokenizers: z.array(z.string()),
  datasets: z.array(
    z.object({
      /** ISO 639-1. */
      language: z.string(),
      dataset: z.string(),
      /** One for each tokenizer. */
      fertility: z.array(z.number()),
    }),
  ),
});

export const publishedFertility: z.infer<typeof publishedFertilitySchema> = publishedFertilitySchema.parse(published);

/** Of a language and dataset, tokenizer by tokenizer; empty where nothing is published. */
export function publishedFertilityOf(
  language: string | null,
  dataset = 'Wikipedia',
): { tokenizer: string; fertility: number }[] {
  const found = publishedFertility.datasets.find((entry) => entry.language === language && entry.dataset === dataset);
  return (found?.fertility ?? []).map((fertility, index) => ({
    tokenizer: publishedFertility.tokenizers[index] ?? '',
    fertility,
  }));
}
