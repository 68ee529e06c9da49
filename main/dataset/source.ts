/**
 * What every file format offers to the rest of the data process: columns, a row count, excerpts of cells, and one way through
 * all of it.
 *
 * A page, a document and a slice are all the same question, "these characters of these columns of these rows". Whole values are
 * handed out one row at a time only (`scan`): a cell may be tens of megabytes.
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

export interface ScannedRow {
  row: number;
  /** One for each column asked for. */
  values: (string | null)[];
}

export interface Source {
  readonly format: DatasetFormat;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** Rows `offset … offset + limit - 1` in file order, fewer at the end of the file; one excerpt for each span. */
  read(offset: number, limit: number, spans: readonly Span[]): Promise<Excerpt[][]>;
  /**
   * The whole values of some columns (indices), row by row from `from` on in file order; `null` is a missing value. May be left at any
   * row; a second one, or a `read`, may go on beside it.
   *
   * @throws the signal's reason where it is aborted
   */
  scan(from: number, columns: readonly number[], signal: AbortSignal): AsyncGenerator<ScannedRow>;
  close(): Promise<void>;
}
