/**
 * Parquet through DuckDB, in place.
 *
 * Rows are asked for by `file_row_number`, which keeps file order and lets DuckDB skip row groups: a page in the middle of
 * 200,000 rows costs what the first one costs, where OFFSET decodes everything before it. Only `substring` and `length` of
 * a column leave the database, so a large value is never copied whole.
 */
import { DuckDBTypeId, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import { connectToFile, quoteIdentifier, type FileDatabase } from './duckdb.ts';
import { corruptFile } from './file-errors.ts';
import type { Column, Excerpt, ScannedRow, Source, Span } from './source.ts';
import { WorkbenchError } from '../contract/errors.ts';

const table = 'read_parquet($1, hive_partitioning = false)';
const pageByNumber = `read_parquet($1, file_row_number = true, hive_partitioning = false)
  WHERE file_row_number BETWEEN $2 AND $3 ORDER BY file_row_number`;
/** For a file with a column of that name, where DuckDB refuses its own: slower, and in file order too. */
const pageByOffset = `${table} LIMIT $3 - $2 + 1 OFFSET $2`;

/** The rest of the file from a row on, in the same two ways. */
const restByNumber = `read_parquet($1, file_row_number = true, hive_partitioning = false) WHERE file_row_number >= $2`;
const restByOffset = `${table} OFFSET $2`;

/** Every column takes memory of its own while it is read: ten thousand at once would take more than the process may. */
const columnsAtOnce = 500;

const nestedTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.LIST,
  DuckDBTypeId.STRUCT,
  DuckDBTypeId.MAP,
  DuckDBTypeId.ARRAY,
  DuckDBTypeId.UNION,
]);

export async function openParquet(path: string): Promise<Source> {
  const database = await connectToFile(path);
  try {
    const schema = await database.connection.runAndReadAll(`SELECT * FROM ${table} LIMIT 0`, [database.pattern]);
    const types = schema.columnTypes();
    const names = schema.columnNames();
    const count = await database.connection.runAndReadAll(`SELECT count(*) FROM ${table}`, [database.pattern]);
    const columns = names.map((name, index) => describe(name, types[index] as DuckDBType));
    return new ParquetSource(path, database, columns, Number(count.getRows()[0]?.[0]));
  } catch (error) {
    database.close();
    throw readError(path, error);
  }
}

interface ParquetColumn extends Column {
  /** SQL that gives the value as text. */
  textExpression: string;
}

function describe(name: string, type: DuckDBType): ParquetColumn {
  const identifier = quoteIdentifier(name);
  const isText = type.typeId === DuckDBTypeId.VARCHAR;
  const asText = nestedTypes.has(type.typeId) ? `to_json(${identifier})::VARCHAR` : `${identifier}::VARCHAR`;
  return { name, type: type.alias ?? type.toString(), textExpression: isText ? identifier : asText };
}

class ParquetSource implements Source {
  readonly format = 'parquet';
  readonly columns: readonly ParquetColumn[];
  readonly rowCount: number;
  readonly #path: string;
  readonly #database: FileDatabase;
  readonly #page: string;
  readonly #rest: string;

  constructor(path: string, database: FileDatabase, columns: readonly ParquetColumn[], rowCount: number) {
    this.#path = path;
    this.#database = database;
    this.columns = columns;
    this.rowCount = rowCount;
    const isNameTaken = columns.some(({ name }) => name.toLowerCase() === 'file_row_number');
    this.#page = isNameTaken ? pageByOffset : pageByNumber;
    this.#rest = isNameTaken ? restByOffset : restByNumber;
  }

  async read(offset: number, limit: number, spans: readonly Span[]): Promise<Excerpt[][]> {
    const last = Math.min(offset + limit, this.rowCount) - 1;
    if (last < offset) return [];
    const rows = Array.from({ length: last - offset + 1 }, (): Excerpt[] => []);
    try {
      for (let first = 0; first < spans.length; first += columnsAtOnce) {
        const part = spans.slice(first, first + columnsAtOnce);
        const read = await this.#readColumns(offset, last, part);
        for (const [index, row] of read.entries()) rows[index]?.push(...part.map((_, place) => excerpt(row, place)));
      }
    } catch (error) {
      throw readError(this.#path, error);
    }
    return rows;
  }

  async #readColumns(offset: number, last: number, spans: readonly Span[]): Promise<DuckDBValue[][]> {
    const selected = spans.flatMap((span) => this.#select(span));
    const sql = `SELECT ${selected.join(', ')} FROM ${this.#page}`;
    const result = await this.#database.connection.runAndReadAll(sql, [this.#database.pattern, offset, last]);
    return result.getRows();
  }

  /** File order is DuckDB's default (`preserve_insertion_order`); values are taken out of a chunk one by one. */
  async *scan(from: number, columns: readonly number[], signal: AbortSignal): AsyncGenerator<ScannedRow> {
    const selected = columns.map((column) => this.columns[column]?.textExpression ?? 'NULL');
    const connection = await this.#database.connect();
    try {
      const sql = `SELECT ${selected.join(', ')} FROM ${this.#rest}`;
      const result = await connection.stream(sql, [this.#database.pattern, from]);
      let row = from;
      for (;;) {
        signal.throwIfAborted();
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        const vectors = columns.map((_, place) => chunk.getColumnVector(place));
        for (let index = 0; index < chunk.rowCount; index++) {
          signal.throwIfAborted();
          yield { row: row++, values: vectors.map((vector) => asText(vector.getItem(index))) };
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      throw readError(this.#path, error);
    } finally {
      connection.closeSync();
    }
  }

  close(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }

  #select({ column, start, length }: Span): [string, string] {
    const expression = this.columns[column]?.textExpression ?? 'NULL';
    return [`substring(${expression}, ${start + 1}, ${length})`, `length(${expression})`];
  }
}

function asText(value: DuckDBValue): string | null {
  return typeof value === 'string' ? value : null;
}

function excerpt(row: readonly DuckDBValue[], index: number): Excerpt {
  const text = row[2 * index];
  return typeof text === 'string' ? { text, characterCount: Number(row[2 * index + 1]) } : null;
}

function readError(path: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const reason = error.message.split('\n')[0] ?? error.message;
  if (reason.startsWith('Out of Memory')) {
    return new WorkbenchError('FILE_TOO_LARGE', `Reading ${path} needs more than the 1 GB that the reader may use.`, {
      action: 'Rewrite the file with smaller row groups.',
      details: { path },
      cause: error,
    });
  }
  return corruptFile(path, 'parquet-invalid', `this parquet file cannot be read: ${reason}`, {
    details: { cause: reason },
    cause: error,
  });
}
