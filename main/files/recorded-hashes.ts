/** SHA-256 of a model folder's files, as whoever wrote them recorded it: the conversion (workbench.json) or the download (hub.json). */
import { join } from 'node:path';
import { z } from 'zod';
import { largestFile, readBounded } from './read-bounded.ts';

export interface RecordedHash {
  byteLength: number;
  sha256: string;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const workbenchSchema = z
  .object({ files: z.record(z.string(), z.object({ byteLength: z.int(), sha256 })) })
  .transform(({ files }) => Object.entries(files));

const hubSchema = z
  .object({
    files: z.array(
      z.object({
        path: z.string(),
        byteLength: z.int(),
        hash: z.object({ algorithm: z.string(), value: z.string() }),
      }),
    ),
  })
  .transform(({ files }) =>
    files
      .filter(({ hash }) => hash.algorithm === 'sha256' && sha256.safeParse(hash.value).success)
      .map(({ path, byteLength, hash }): [string, RecordedHash] => [path, { byteLength, sha256: hash.value }]),
  );

/** By path within the folder; empty where nothing is recorded or it cannot be read. A conversion in the folder is the later one. */
export async function recordedHashes(folder: string): Promise<ReadonlyMap<string, RecordedHash>> {
  const downloaded = await readRecord(join(folder, 'hub.json'), hubSchema);
  return new Map([...downloaded, ...(await readRecord(join(folder, 'workbench.json'), workbenchSchema))]);
}

async function readRecord<Schema extends z.ZodType<[string, RecordedHash][]>>(
  path: string,
  schema: Schema,
): Promise<[string, RecordedHash][]> {
  try {
    return schema.parse(JSON.parse(await readBounded(path, largestFile.tokenizerConfig)));
  } catch {
    // A record is a note, not a condition: without one the hash is said to be unknown.
    return [];
  }
}
