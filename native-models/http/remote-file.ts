/**
 * A file on a server before its bytes matter: whether it is there, how long it is, and what identifies its content. Redirects
 * are followed by hand, since a model hub says what a large file is (its SHA-256, the commit) on the answer that redirects.
 */
import { ExportError } from '../export-error.ts';
import type { SourceIdentity } from '../safetensors/byte-source.ts';
import { networkReason } from './range-stream.ts';
import { PassingFailure, requireSuccess, withRetries, type HttpOptions } from './retry.ts';

export interface RemoteFile extends SourceIdentity {
  /** The commit that a hub resolved a revision to. */
  readonly commit: string | null;
}

const largestRedirectCount = 8;
/** tokenizer.json, the largest of the small files, has a few megabytes. */
const largestSmallFile = 256 << 20;

/** `null` where the server has no such file. */
export function identifyRemoteFile(
  url: string,
  options: HttpOptions,
  signal?: AbortSignal,
): Promise<RemoteFile | null> {
  return withRetries(url, options, signal, async () => {
    let commit: string | null = null;
    let linkedTag: string | null = null;
    let at = new URL(url);
    for (let hop = 0; hop <= largestRedirectCount; hop++) {
      const response = await request(at, url, { ...options.headers, range: 'bytes=0-0' }, signal);
      await response.body?.cancel();
      const { headers, status } = response;
      commit ??= headers.get('x-repo-commit');
      linkedTag ??= headers.get('x-linked-etag');
      const location = headers.get('location');
      if (status >= 300 && status < 400 && location !== null) {
        at = new URL(location, at);
        continue;
      }
      if (status === 404) return null;
      requireSuccess(response, url);
      const tag = linkedTag ?? headers.get('etag') ?? headers.get('last-modified') ?? '';
      return { byteLength: totalByteLength(response, url), commit, stamp: tag, sha256: sha256Of(tag) };
    }
    throw new ExportError('source.network', `${url} redirects more than ${largestRedirectCount} times.`, {
      action: 'Check the address.',
      details: { url },
    });
  });
}

/** The whole of a small file; `null` where the server has none. */
export function readRemoteFile(url: string, options: HttpOptions, signal?: AbortSignal): Promise<Uint8Array | null> {
  return withRetries(url, options, signal, async () => {
    const response = await request(new URL(url), url, options.headers ?? {}, signal, 'follow');
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    requireSuccess(response, url);
    const pieces: Uint8Array[] = [];
    let byteLength = 0;
    try {
      for await (const piece of response.body ?? []) {
        pieces.push(piece);
        byteLength += piece.byteLength;
        if (byteLength > largestSmallFile) break;
      }
    } catch (cause) {
      throw new PassingFailure(networkReason(cause), { cause });
    }
    if (byteLength > largestSmallFile) {
      throw new ExportError('source.network', `${url} has more than ${largestSmallFile} bytes.`, {
        action: 'This is not the file of a model: check the address.',
        details: { url },
      });
    }
    return Buffer.concat(pieces);
  });
}

/** `authorization` goes only to the origin that was asked for. */
async function request(
  at: URL,
  asked: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
  redirect: 'manual' | 'follow' = 'manual',
): Promise<Response> {
  const sent = Object.entries(headers).filter(
    ([name]) => name.toLowerCase() !== 'authorization' || at.origin === new URL(asked).origin,
  );
  try {
    return await fetch(at, { redirect, headers: Object.fromEntries(sent), ...(signal ? { signal } : {}) });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PassingFailure(networkReason(cause), { cause });
  }
}

function totalByteLength({ status, headers }: Response, url: string): number {
  const total = /\/(\d{1,15})$/.exec(headers.get('content-range') ?? '')?.[1];
  if (status === 206 && total !== undefined) return Number(total);
  throw new ExportError('source.network', `${url}: the server answered ${status} to a request for one byte.`, {
    action: 'Use a server that serves byte ranges (HTTP Range), or download the files first.',
    details: { url, status },
  });
}

/** A hub's entity tag for a large file is its SHA-256. */
function sha256Of(tag: string): string | null {
  return /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(tag)?.[1] ?? null;
}
