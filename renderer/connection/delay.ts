/** Waiting that an abort ends early, and how long to wait before dialling again. */

/** Settles after `ms`, or at once when `signal` aborts; never rejects. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, ms);
    signal.addEventListener('abort', settle, { once: true });
  });
}

/** 250 ms, doubled at each failure in a row, never over 5 s. */
export function reconnectDelayMs(failures: number): number {
  return Math.min(5_000, 250 * 2 ** Math.min(failures, 10));
}
