/**
 * What every file format offers to the rest of the data process: columns, a row count, and excerpts of cells.
 *
 * A page, a document and a slice are all the same question, "these characters of these columns of these rows", so a
 * source answers that one and nothing else. It refuses to hand out whole rows: a cell may be tens of megabytes.
 */
import type { DatasetFormat } from '../contract/dataset.ts';

export interface Column {
  name: string;
  type: string;
}

/** Which characters (Unicode code points) of which column. */
export interface Span {
  column: number;
  start: number;
  length: number;
}

/** The characters asked for, and how many the whole value has; `null` is a missing value. */
export type Excerpt = { text: string; characterCount: number } | null;

export interface Source {
  readonly format: DatasetFormat;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** Rows `offset … offset + limit - 1` in file order, fewer at the end of the file; one excerpt for each span. */
  read(offset: number, limit: number, spans: readonly Span[]): Promise<Excerpt[][]>;
  close(): Promise<void>;
}
