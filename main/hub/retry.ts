/**
 * Trying again, with a bound: waits double from failure to failure, or are what the server asks for. A try that brought
 * new bytes starts the count anew, so that a long download over a bad line ends as long as it gets anywhere.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { WorkbenchError } from '../contract/errors.ts';

export interface RetryPolicy {
  /** Consecutive failures without progress before giving up. */
  attempts: number;
  firstWaitMs: number;
  longestWaitMs: number;
  /** A server that asks for a longer pause is not waited for. */
  longestRetryAfterMs: number;
  /** A connection that is silent for so long is taken for dead. */
  stallMs: number;
}

/** The hub counts requests over windows of five minutes (https://huggingface.co/docs/hub/rate-limits). */
export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  firstWaitMs: 500,
  longestWaitMs: 30_000,
  longestRetryAfterMs: 310_000,
  stallMs: 30_000,
};

/** A failure that may pass; `error` is what is reported once the tries are used up. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure';
  readonly error: WorkbenchError;
  readonly retryAfterMs: number | null;

  constructor(error: WorkbenchError, retryAfterMs: number | null = null) {
    super(error.message, { cause: error });
    this.error = error;
    this.retryAfterMs = retryAfterMs;
  }
}

export async function withRetries<Result>(
  policy: RetryPolicy,
  signal: AbortSignal,
  body: () => Promise<Result>,
  /** Grows with every byte that need not be fetched again. */
  progress: () => number = () => 0,
): Promise<Result> {
  let failures = 0;
  for (;;) {
    const before = progress();
    try {
      return await body();
    } catch (thrown) {
      if (!(thrown instanceof TransientFailure)) throw thrown;
      failures = progress() > before ? 1 : failures + 1;
      const backOffMs = Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (failures - 1));
      // Spread, so that parallel connections do not come back all at once.
      const waitMs = thrown.retryAfterMs ?? backOffMs * (0.5 + Math.random() / 2);
      if (failures >= policy.attempts || waitMs > policy.longestRetryAfterMs) throw thrown.error;
      await wait(waitMs, undefined, { signal }).catch(() => {
        throw cancelled();
      });
    }
  }
}

export function cancelled(): WorkbenchError {
  return new WorkbenchError('CANCELLED', 'The download was interrupted; what has arrived is kept.', {
    action: 'Start it again: it goes on where it stopped.',
  });
}

/**
 * The pause a server asks for: `Retry-After` (seconds or a date, RFC 9110 section 10.2.3), else the `t` of the hub's
 * `RateLimit` header (draft-ietf-httpapi-ratelimit-headers: seconds until the window resets).
 */
export function requestedPauseMs(headers: Headers, nowMs: number): number | null {
  const retryAfter = headers.get('retry-after')?.trim();
  if (retryAfter && /^\d+$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const date = retryAfter ? Date.parse(retryAfter) : Number.NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - nowMs);
  const seconds = /(?:^|;)\s*t=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1_000;
}
