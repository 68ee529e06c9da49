/** The weights files of a source, as workbench.json names them: a local file is hashed, a remote one may come with its hash. */
import { hashFile } from '../files/hash-file.ts';
import type { OnProgress } from '../progress.ts';
import type { SourceIdentity } from '../safetensors/byte-source.ts';
import type { ModelSource } from './model-source.ts';
import type { SourceRecord } from './workbench-file.ts';

export interface SourceRecordsOptions {
  readonly source: ModelSource;
  readonly identities: ReadonlyMap<string, SourceIdentity>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

export async function sourceRecords(options: SourceRecordsOptions): Promise<Record<string, SourceRecord>> {
  const { source, identities, signal, onProgress } = options;
  const total = [...identities.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const records: Record<string, SourceRecord> = {};
  let before = 0;
  for (const [file, { byteLength, sha256 }] of identities) {
    const path = source.localPath(file);
    const onBytes = (done: number) => onProgress?.({ phase: 'hash', done: before + done, total, unit: 'bytes' });
    records[file] = path === null ? { byteLength, sha256 } : await hashFile(path, { signal, onBytes });
    before += byteLength;
  }
  return records;
}
