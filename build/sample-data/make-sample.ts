/**
 * Writes the sample dataset that is shipped: `native-models/demo/sample-data/lucie-sample.parquet`. The same bytes every
 * time.
 *
 * usage: node build/sample-data/make-sample.ts [FILE]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { columns, makeRows } from './rows.ts';

const shipped = join(import.meta.dirname, '../../native-models/demo/sample-data/lucie-sample.parquet');
const target = process.argv[2] ?? shipped;
const rows = makeRows();
const columnData = columns.map((name) => ({
  name,
  data: rows.map((row) => row[name]),
  type: 'STRING' as const,
  nullable: false,
}));
// Several row groups, as the real files have: the first page is then not the whole file.
const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 128 }));
writeFileSync(target, bytes);
console.log(`${target}: ${rows.length} rows, ${bytes.byteLength} bytes`);
