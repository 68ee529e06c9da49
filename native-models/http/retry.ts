/**
 * Which failures of a request are worth another attempt, and when to make it: connections that break or stall, 408, 429 and 5xx,
 * with exponential back-off and the server's own Retry-After.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ExportError } from '../export-error.ts';

export interface HttpOptions {
  /** Sent with every request; `authorization` never follows a redirect to another origin. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Attempts without progress before a failure is final. */
  readonly attempts?: number;
  /** The delay before the second attempt; it doubles from there. */
  readonly firstDelayMs?: number;
  /** A connection that delivers nothing for so long counts as broken. */
  readonly stallMs?: number;
}

export const httpDefaults = { headers: {}, attempts: 7, firstDelayMs: 500, stallMs: 60_000 } as const;
const longestDelayMs = 60_000;

/** A failure that another attempt may not meet. */
export class PassingFailure extends Error {
  readonly retryAfterMs: number | null;

  constructor(message: string, { retryAfterMs = null, cause }: { retryAfterMs?: number | null; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'PassingFailure';
    this.retryAfterMs = retryAfterMs;
  }
}

/** Runs `attempt` until it succeeds; `progress` is compared between attempts, and any change restores the full number. */
export async function withRetries<Result>(
  url: string,
  { attempts = httpDefaults.attempts, firstDelayMs = httpDefaults.firstDelayMs }: HttpOptions,
  signal: AbortSignal | undefined,
  attempt: () => Promise<Result>,
  progress: () => number = () => 0,
): Promise<Result> {
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    const before = progress();
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof PassingFailure)) throw error;
      failures = progress() === before ? failures + 1 : 1;
      if (failures >= attempts) {
        throw new ExportError('source.network', `${url}: ${error.message} (${failures} attempts).`, {
          action: 'Check the connection and try again: what was converted so far is kept if asked for.',
          details: { url, attempts: failures, reason: error.message },
          cause: error,
        });
      }
      const backOff = firstDelayMs * 2 ** (failures - 1) * (0.75 + Math.random() / 2);
      await delay(Math.min(error.retryAfterMs ?? backOff, longestDelayMs), undefined, signal ? { signal } : {});
    }
  }
}

/** Throws for every status that is not a success: a passing failure, or an error that says what to do. */
export function requireSuccess(response: Response, url: string): void {
  const { status } = response;
  if (status >= 200 && status < 300) return;
  if (status === 408 || status === 429 || status >= 500) {
    throw new PassingFailure(`the server answered ${status}`, { retryAfterMs: retryAfterMs(response) });
  }
  const forbidden = status === 401 || status === 403;
  throw new ExportError('source.missing', `${url}: the server answered ${status}.`, {
    action: forbidden
      ? 'Accept the conditions of the model on its page and give an access token (HF_TOKEN).'
      : 'Check the address and the revision.',
    details: { url, status },
  });
}

/** Seconds or a date, by RFC 9110. */
function retryAfterMs(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
