/** Reading a corpus: open a file, page its rows, read one document. */
import { z } from 'zod';
import { findInputSchema, findOutput } from './dataset-find.ts';
import { fails, procedure } from './procedure.ts';

export const datasetFormatSchema = z.enum(['parquet', 'jsonl', 'csv']);
export type DatasetFormat = z.infer<typeof datasetFormatSchema>;

export const columnSchema = z.object({ name: z.string(), type: z.string() });

export const datasetSchema = z.object({
  id: z.string(),
  path: z.string(),
  name: z.string(),
  format: datasetFormatSchema,
  byteLength: z.int(),
  rowCount: z.int(),
  columns: z.array(columnSchema),
  /** The column that a reader opens: `text` where present, else the longest on average of the first rows. */
  textColumn: z.string().nullable(),
  /** True where the columns are those of Lucie-Training-Dataset. */
  isLucieLayout: z.boolean(),
  /** Shipped with the workbench. */
  embedded: z.boolean(),
});
export type Dataset = z.infer<typeof datasetSchema>;

/** A cell in a page: the first characters, and how long the value really is. `null` is a missing value. */
export const cellSchema = z.object({ preview: z.string(), characterCount: z.int() }).nullable();
export type Cell = z.infer<typeof cellSchema>;

export const pageSchema = z.object({
  offset: z.int(),
  /** `cells[i]` belongs to `columns[i]`; `row` counts from 0 in file order. */
  rows: z.array(z.object({ row: z.int(), cells: z.array(cellSchema) })),
});
export type Page = z.infer<typeof pageSchema>;

export const documentSchema = z.object({
  row: z.int(),
  column: z.string(),
  characterCount: z.int(),
  /** The first `text.length` characters of the value; fetch the rest by `slice`. */
  text: z.string(),
  /** Every other column, whole, up to a limit per value. */
  metadata: z.array(z.object({ name: z.string(), value: z.string().nullable(), truncated: z.boolean() })),
});
export type DatasetDocument = z.infer<typeof documentSchema>;

const openErrors = [
  'FILE_NOT_FOUND',
  'FILE_UNREADABLE',
  'FILE_FORMAT_UNKNOWN',
  'FILE_CORRUPT',
  'LINE_TOO_LONG',
  'DATA_PROCESS_CRASHED',
] as const;
const readErrors = [
  'DATASET_NOT_OPEN',
  'ROW_NOT_FOUND',
  'COLUMN_NOT_FOUND',
  'FILE_CORRUPT',
  'DATA_PROCESS_CRASHED',
] as const;

export const datasetContract = {
  open: fails(...openErrors)
    .input(z.object({ path: z.string() }))
    .output(datasetSchema),
  close: procedure.input(z.object({ datasetId: z.string() })).output(z.void()),
  page: fails(...readErrors)
    .input(
      z.object({
        datasetId: z.string(),
        offset: z.int().nonnegative(),
        limit: z.int().positive().max(500),
        /** Characters of each cell. */
        previewLength: z.int().positive().max(2_000).default(160),
      }),
    )
    .output(pageSchema),
  document: fails(...readErrors)
    .input(
      z.object({
        datasetId: z.string(),
        row: z.int().nonnegative(),
        column: z.string().nullable().default(null),
        /** Characters of the text to return at once. */
        length: z.int().positive().max(4_000_000).default(200_000),
      }),
    )
    .output(documentSchema),
  slice: fails(...readErrors)
    .input(
      z.object({
        datasetId: z.string(),
        row: z.int().nonnegative(),
        column: z.string(),
        /** In Unicode code points, as the character counts. */
        start: z.int().nonnegative(),
        length: z.int().positive().max(4_000_000),
      }),
    )
    .output(z.object({ text: z.string() })),
  /** Reads every row from `from` on, until so many rows were found; ends early where the reader goes away. */
  find: fails(...readErrors)
    .input(findInputSchema)
    .output(findOutput),
};

/** What the main side adds for the renderer. */
export const datasetServiceContract = {
  ...datasetContract,
  /** The sample dataset that is shipped, then recently opened files that still exist, newest first. */
  recent: procedure.output(
    z.array(z.object({ path: z.string(), name: z.string(), byteLength: z.int(), embedded: z.boolean() })),
  ),
};
