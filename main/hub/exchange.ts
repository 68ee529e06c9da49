/**
 * One request and its answer. Redirects are followed here and not by `fetch`, so that the token stays with the endpoint
 * and an encrypted connection never becomes a plain one. Failures that may pass are `TransientFailure`s.
 */
import { WorkbenchError } from '../contract/errors.ts';
import type { HubAccess } from './access.ts';
import { failureOf, invalidAnswer, unreachable, type Subject } from './failures.ts';
import { cancelled, TransientFailure } from './retry.ts';
import { StallGuard } from './stall-guard.ts';

const mostRedirects = 5;
const redirectStatuses = [301, 302, 303, 307, 308];

export interface Exchange<Result> {
  subject: Subject;
  url: URL;
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Reads the answer; must call `alive` as bytes arrive. */
  read: (answer: { response: Response; url: URL; alive: () => void }) => Promise<Result>;
}

export async function exchange<Result>(access: HubAccess, options: Exchange<Result>): Promise<Result> {
  const { subject, signal, read } = options;
  if (signal.aborted) throw cancelled();
  const guard = new StallGuard(access.retry.stallMs, signal);
  let { url } = options;
  try {
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(url, {
        headers: { 'user-agent': 'lucie-workbench', ...options.headers, ...access.headersFor(url) },
        redirect: 'manual',
        signal: guard.signal,
      });
      if (response.ok) return await read({ response, url, alive: () => guard.alive() });
      if (!redirectStatuses.includes(response.status)) throw failureOf(access, subject, url, response);
      if (redirects === mostRedirects) throw invalidAnswer(subject, url, `more than ${mostRedirects} redirects`);
      url = redirectTarget(subject, url, response);
    }
  } catch (thrown) {
    if (signal.aborted) throw cancelled();
    if (thrown instanceof WorkbenchError || thrown instanceof TransientFailure) throw thrown;
    const reason = guard.stalled ? `nothing arrived for ${access.retry.stallMs} ms` : networkReason(thrown);
    throw new TransientFailure(unreachable(subject, url, reason, thrown));
  } finally {
    guard.end();
  }
}

function redirectTarget(subject: Subject, from: URL, response: Response): URL {
  const target = URL.parse(response.headers.get('location') ?? '', from.href);
  if (target === null || !/^https?:$/.test(target.protocol)) {
    throw invalidAnswer(subject, from, 'a redirect to no web address');
  }
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw invalidAnswer(subject, from, `a redirect from an encrypted to a plain connection (${target.host})`);
  }
  return target;
}

/** `fetch` hides the reason (`ECONNRESET`, `ENOTFOUND` …) in the cause of a `TypeError`. */
function networkReason(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (!(cause instanceof Error)) return String(cause);
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}
