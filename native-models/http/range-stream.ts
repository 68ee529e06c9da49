/**
 * One GET of a byte range whose body is read piece by piece as it is needed: the connection itself holds the server back, so
 * memory stays at one network packet whatever the length of the range.
 */
import { ExportError } from '../export-error.ts';
import { httpDefaults, PassingFailure, requireSuccess, type HttpOptions } from './retry.ts';

export interface ByteRange {
  readonly begin: number;
  /** Not included. */
  readonly end: number;
}

export class RangeStream {
  /** Of the next byte, in the file. */
  position: number;
  /** Where this response ends, in the file; a server may give less than was asked for. */
  readonly end: number;
  /** Bytes of the whole file. */
  readonly total: number;
  readonly entityTag: string | null;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #abort: AbortController;
  readonly #stallMs: number;
  #rest = new Uint8Array(0);

  private constructor(response: Response, range: ContentRange, abort: AbortController, stallMs: number) {
    if (response.body === null) throw new PassingFailure('the answer has no body');
    this.position = range.begin;
    this.end = range.end;
    this.total = range.total;
    this.entityTag = response.headers.get('etag');
    this.#reader = response.body.getReader();
    this.#abort = abort;
    this.#stallMs = stallMs;
  }

  /** Throws `PassingFailure`, `source.missing` or `source.network`. */
  static async open(url: string, range: ByteRange, options: HttpOptions, signal?: AbortSignal): Promise<RangeStream> {
    const { stallMs = httpDefaults.stallMs } = options;
    const abort = new AbortController();
    const headers = {
      ...options.headers,
      range: `bytes=${range.begin}-${range.end - 1}`,
      'accept-encoding': 'identity',
    };
    const response = await guarded(abort, stallMs, signal, () => fetch(url, { headers, signal: abort.signal }));
    try {
      requireSuccess(response, url);
      return new RangeStream(response, requireRange(response, range, url), abort, stallMs);
    } catch (error) {
      abort.abort();
      throw error;
    }
  }

  /** Fills `target` with the bytes from `position` on; throws `PassingFailure` where the connection ends before. */
  async readInto(target: Uint8Array, signal?: AbortSignal): Promise<void> {
    let filled = 0;
    while (filled < target.byteLength) {
      if (this.#rest.byteLength === 0) {
        const { done, value } = await guarded(this.#abort, this.#stallMs, signal, () => this.#reader.read());
        if (done) throw new PassingFailure(`the connection ended at byte ${this.position} of ${this.end}`);
        this.#rest = value as Uint8Array<ArrayBuffer>;
      }
      const piece = this.#rest.subarray(0, target.byteLength - filled);
      target.set(piece, filled);
      this.#rest = this.#rest.subarray(piece.byteLength);
      filled += piece.byteLength;
      this.position += piece.byteLength;
    }
  }

  close(): void {
    this.#abort.abort();
  }
}

interface ContentRange extends ByteRange {
  readonly total: number;
}

function requireRange(response: Response, asked: ByteRange, url: string): ContentRange {
  const contentRange = response.headers.get('content-range') ?? '';
  const encoding = response.headers.get('content-encoding') ?? 'identity';
  const [, begin, last, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(contentRange) ?? [];
  const range = { begin: Number(begin), end: Number(last) + 1, total: Number(total) };
  const right = range.begin === asked.begin && range.end > range.begin && range.end <= asked.end;
  if (response.status === 206 && encoding === 'identity' && right && range.end <= range.total) return range;
  throw new ExportError(
    'source.network',
    `${url}: bytes ${asked.begin} to ${asked.end - 1} were asked for; the server answered ${response.status} with the range "${contentRange}" and the encoding ${encoding}.`,
    {
      action: 'Use a server that serves byte ranges (HTTP Range), or download the files first.',
      details: { url, status: response.status, contentRange, encoding },
    },
  );
}

/** Runs one step of a request; `signal` and a stall of `stallMs` end the whole request. */
async function guarded<Result>(
  abort: AbortController,
  stallMs: number,
  signal: AbortSignal | undefined,
  step: () => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const cancel = () => abort.abort(signal?.reason);
  const timer = setTimeout(() => abort.abort(), stallMs);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await step();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PassingFailure(abort.signal.aborted ? `nothing came for ${stallMs} ms` : networkReason(cause), { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** What Node's fetch hides behind "fetch failed": the reason of the socket. */
export function networkReason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause;
  return inner instanceof Error ? `${cause.message}: ${inner.message}` : cause.message;
}
