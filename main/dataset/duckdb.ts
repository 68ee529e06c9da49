/**
 * A DuckDB connection that can read one file and do nothing else.
 *
 * Each file gets its own in-memory instance, because DuckDB's list of allowed paths cannot grow once it is locked. No
 * extension is loaded or fetched, nothing can be written, and nothing spills to disk: reading a page never needs to.
 */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

const options = {
  threads: '2',
  memory_limit: '1GB',
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
};

export interface FileDatabase {
  connection: DuckDBConnection;
  /** The path as DuckDB's readers want it: what would be a wildcard is escaped. */
  pattern: string;
  /** A second connection: a result that is being streamed ends with the next question on its own. The caller closes it. */
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

export async function connectToFile(path: string): Promise<FileDatabase> {
  const pattern = path.replace(/[*?[]/g, '[$&]');
  const instance = await DuckDBInstance.create(':memory:', options);
  const connection = await instance.connect();
  await connection.run(`SET allowed_paths = [${quoteText(path)}, ${quoteText(pattern)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return {
    connection,
    pattern,
    connect: () => instance.connect(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
