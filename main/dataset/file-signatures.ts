/** Files that people drop on the Data pane by mistake, told by their first bytes so that the refusal can name them. */

export type FoundContent =
  | 'empty'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'pdf'
  | 'zip'
  | 'executable'
  | 'sqlite'
  | 'duckdb'
  | 'arrow'
  | 'orc'
  | 'avro'
  | 'encrypted-parquet'
  | 'zstd'
  | 'bzip2'
  | 'xz'
  | '7z'
  | 'utf16-text'
  | 'json-array'
  | 'json-document'
  | 'text'
  | 'binary';

export const contentNames: Record<FoundContent, string> = {
  empty: 'an empty file',
  png: 'a PNG image',
  jpeg: 'a JPEG image',
  gif: 'a GIF image',
  pdf: 'a PDF document',
  zip: 'a ZIP archive (or an office document)',
  executable: 'a program',
  sqlite: 'a SQLite database',
  duckdb: 'a DuckDB database',
  arrow: 'an Arrow file',
  orc: 'an ORC file',
  avro: 'an Avro file',
  'encrypted-parquet': 'an encrypted parquet file',
  zstd: 'a zstd archive',
  bzip2: 'a bzip2 archive',
  xz: 'an xz archive',
  '7z': 'a 7z archive',
  'utf16-text': 'text in UTF-16',
  'json-array': 'one JSON array',
  'json-document': 'one JSON document over several lines',
  text: 'plain text',
  binary: 'binary data',
};

const signatures: readonly { offset: number; bytes: string; content: FoundContent }[] = [
  { offset: 0, bytes: '\x89PNG\r\n', content: 'png' },
  { offset: 0, bytes: '\xff\xd8\xff', content: 'jpeg' },
  { offset: 0, bytes: 'GIF8', content: 'gif' },
  { offset: 0, bytes: '%PDF-', content: 'pdf' },
  { offset: 0, bytes: 'PK\x03\x04', content: 'zip' },
  { offset: 0, bytes: '\x7fELF', content: 'executable' },
  { offset: 0, bytes: 'MZ\x90\x00', content: 'executable' },
  { offset: 0, bytes: 'SQLite format 3\x00', content: 'sqlite' },
  { offset: 8, bytes: 'DUCK', content: 'duckdb' },
  { offset: 0, bytes: 'ARROW1', content: 'arrow' },
  { offset: 0, bytes: 'ORC', content: 'orc' },
  { offset: 0, bytes: 'Obj\x01', content: 'avro' },
  { offset: 0, bytes: 'PARE', content: 'encrypted-parquet' },
  { offset: 0, bytes: '\x28\xb5\x2f\xfd', content: 'zstd' },
  { offset: 0, bytes: 'BZh', content: 'bzip2' },
  { offset: 0, bytes: '\xfd7zXZ\x00', content: 'xz' },
  { offset: 0, bytes: '7z\xbc\xaf\x27\x1c', content: '7z' },
  { offset: 0, bytes: '\xff\xfe', content: 'utf16-text' },
  { offset: 0, bytes: '\xfe\xff', content: 'utf16-text' },
];

/** `null` where no signature matches: text, or a binary format unknown to us. */
export function matchSignature(head: Buffer): FoundContent | null {
  const latin1 = head.toString('latin1');
  return signatures.find(({ offset, bytes }) => latin1.startsWith(bytes, offset))?.content ?? null;
}
