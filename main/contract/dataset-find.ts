/** Finding a text in an open dataset by reading all of it: no index, so that it works in every file as it is. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';

/** Unicode code points of the value. */
export const foundPlaceSchema = z.object({ start: z.int(), length: z.int() });
export type FoundPlace = z.infer<typeof foundPlaceSchema>;

/** A row whose text holds what is looked for. */
export const rowHitSchema = z.object({
  /** Counted from 0 in file order. */
  row: z.int(),
  /** The first column of the row that holds it. */
  column: z.string(),
  /** Around the first place, on one line. */
  excerpt: z.object({ before: z.string(), match: z.string(), after: z.string() }),
  /** In that column, in order, the first ones only; never empty. */
  places: z.array(foundPlaceSchema),
  /** How many there are in that column. */
  placeCount: z.int(),
});
export type RowHit = z.infer<typeof rowHitSchema>;

export const findEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hit'), hit: rowHitSchema }),
  /** Rows read since `from`, and UTF-16 units of text in them that were searched. */
  z.object({ type: z.literal('progress'), rows: z.int(), characters: z.int() }),
  /** `nextRow` is where to go on; `null` where the end of the file was reached. */
  z.object({ type: z.literal('end'), rows: z.int(), characters: z.int(), nextRow: z.int().nullable() }),
]);
export type FindEvent = z.infer<typeof findEventSchema>;

export const findInputSchema = z.object({
  datasetId: z.string(),
  /** Case, accents and kinds of spaces and apostrophes make no difference (`folded-text.ts`). */
  text: z.string().trim().min(1).max(2_000),
  /** `null` is every column. */
  column: z.string().nullable(),
  from: z.int().nonnegative().default(0),
  /** Rows found until it stops. */
  limit: z.int().positive().max(1_000).default(200),
});
export type FindInput = z.infer<typeof findInputSchema>;

export const findOutput = eventIterator(findEventSchema);
