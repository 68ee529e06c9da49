/** Real dataset files in a temporary folder of the test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll } from 'vitest';

export interface TestFolder {
  /** The absolute path of a file that need not exist yet. */
  path(name: string): string;
  write(name: string, content: string | Uint8Array): Promise<string>;
  parquet(name: string, columns: Record<string, string[]>, rowGroupSize?: number): Promise<string>;
  /** Types that hyparquet-writer does not write, made by DuckDB from a SELECT. */
  parquetFromSql(name: string, select: string): Promise<string>;
}

export function testFolder(): TestFolder {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lucie dataset é '));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(path(name), content);
    return path(name);
  };
  return {
    path,
    write,
    parquet: (name, columns, rowGroupSize = 100) => {
      const columnData = Object.entries(columns).map(([column, data]) => ({
        name: column,
        data,
        type: 'STRING' as const,
      }));
      return write(name, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize })));
    },
    parquetFromSql: async (name, select) => {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(`COPY (${select}) TO '${path(name).replaceAll("'", "''")}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
      return path(name);
    },
  };
}

/** The error that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
}
