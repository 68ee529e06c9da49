/** One small file of a repository as text, held against its listed size and hash. */
import { WorkbenchError } from '../contract/errors.ts';
import type { HubAccess } from './access.ts';
import type { FileSource } from './download-file.ts';
import { exchange } from './exchange.ts';
import { startHash } from './file-hash.ts';
import type { HubFile } from './list-files.ts';
import { pageSteps } from './repository.ts';
import { withRetries } from './retry.ts';

const largestBytes = 4 << 20;

/** @throws WorkbenchError `HUB_…`, `HASH_MISMATCH`, `FILE_TOO_LARGE` */
export function readSmallFile(
  access: HubAccess,
  { repository, commit }: FileSource,
  file: HubFile,
  signal: AbortSignal,
): Promise<string> {
  if (file.byteLength > largestBytes) {
    throw new WorkbenchError(
      'FILE_TOO_LARGE',
      `${file.path} has ${file.byteLength} bytes, which is not a small file.`,
      {
        action: 'Choose another repository.',
        details: { file: file.path, bytes: file.byteLength, limit: largestBytes },
      },
    );
  }
  const subject = `${file.path} of ${repository.name}`;
  const url = access.url(...pageSteps(repository), 'resolve', commit, ...file.path.split('/'));
  return withRetries(access.retry, signal, () =>
    exchange(access, {
      subject,
      url,
      signal,
      async read({ response }) {
        const bytes = Buffer.from(await response.arrayBuffer());
        if (startHash(file).update(bytes).digest('hex') === file.hash.value) return bytes.toString('utf8');
        throw new WorkbenchError('HASH_MISMATCH', `${file.path} is not what the hub lists.`, {
          action: 'Try again; where HF_ENDPOINT names a mirror, try another one.',
          details: { file: file.path, expected: file.hash.value },
        });
      },
    }),
  );
}
