/** Fetches what a part file still lacks: byte ranges over parallel connections, each tried again from where it stopped. */
import { WorkbenchError } from '../contract/errors.ts';
import type { HubAccess } from './access.ts';
import { exchange } from './exchange.ts';
import { invalidAnswer, unreachable, type Subject } from './failures.ts';
import type { HubFile } from './list-files.ts';
import type { PartFile, Segment } from './part-file.ts';
import { pageSteps, type HubRepository } from './repository.ts';
import { TransientFailure, withRetries } from './retry.ts';

export interface FileSource {
  repository: HubRepository;
  commit: string;
}

export interface DownloadFileOptions {
  connections: number;
  signal: AbortSignal;
  /** Called with every piece that is written; negative where bytes have to be fetched anew. */
  onBytes: (count: number) => void;
}

/** Leaves a checkpoint behind however it ends. */
export async function downloadFile(
  access: HubAccess,
  source: FileSource,
  part: PartFile,
  { connections, signal, onBytes }: DownloadFileOptions,
): Promise<void> {
  const waiting = part.segments.filter(({ start, end, received }) => received < end - start);
  const failed = new AbortController();
  const together = AbortSignal.any([signal, failed.signal]);
  let failure: unknown = null;
  const work = async (): Promise<void> => {
    for (let segment = waiting.shift(); segment !== undefined && failure === null; segment = waiting.shift()) {
      try {
        await fetchSegment(access, source, part, segment, together, onBytes);
      } catch (thrown) {
        failure ??= thrown;
        failed.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(connections, waiting.length) }, work));
  await part.checkpoint();
  if (failure !== null) throw failure;
}

function fetchSegment(
  access: HubAccess,
  { repository, commit }: FileSource,
  part: PartFile,
  segment: Segment,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<void> {
  const { file } = part;
  const subject = `${file.path} of ${repository.name}`;
  const url = access.url(...pageSteps(repository), 'resolve', commit, ...file.path.split('/'));
  const length = segment.end - segment.start;
  const tryOnce = async (): Promise<void> => {
    const from = segment.start + segment.received;
    const whole = from === 0 && segment.end === file.byteLength;
    const headers = {
      'accept-encoding': 'identity',
      ...(whole ? {} : { range: `bytes=${from}-${segment.end - 1}` }),
    };
    await exchange(access, {
      subject,
      url,
      headers,
      signal,
      async read({ response, url: answered, alive }) {
        if (!isRangeFrom(subject, answered, response, file, from)) {
          if (segment.start > 0 || segment.end < file.byteLength)
            throw invalidAnswer(subject, answered, 'no byte range');
          onBytes(-segment.received);
          segment.received = 0;
        }
        for await (const bytes of response.body ?? []) {
          alive();
          if (bytes.length > length - segment.received) throw tooLong(subject, file);
          await part.write(segment, bytes);
          onBytes(bytes.length);
          alive();
        }
        if (segment.received < length) {
          const reason = `the connection ended ${length - segment.received} bytes too early`;
          throw new TransientFailure(unreachable(subject, answered, reason));
        }
      },
    });
  };
  return withRetries(access.retry, signal, tryOnce, () => segment.received);
}

/** Whether the answer begins at `from` (RFC 9110 sections 14.4 and 15.3.7); else it is the whole file. */
function isRangeFrom(subject: Subject, url: URL, response: Response, file: HubFile, from: number): boolean {
  if (response.status !== 206) return false;
  const range = response.headers.get('content-range') ?? '';
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(range) ?? [];
  if (Number(start) === from && (total === '*' || Number(total) === file.byteLength)) return true;
  throw invalidAnswer(subject, url, `range "${range}" where byte ${from} of ${file.byteLength} was asked for`);
}

function tooLong(subject: Subject, file: HubFile): WorkbenchError {
  return new WorkbenchError('HASH_MISMATCH', `More bytes came for ${subject} than the ${file.byteLength} it has.`, {
    action: 'Start again; where HF_ENDPOINT names a mirror, try another one.',
    details: { file: file.path, expected: file.byteLength },
  });
}
