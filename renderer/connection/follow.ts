/**
 * Keeps a `watch` stream alive for as long as someone looks at it: waits for the line, opens the stream, hands on its
 * events, and starts again after the line came back. A failure of the procedure itself is thrown to the caller.
 */
import { isAbort, toErrorReport } from '../rpc.ts';
import type { Connection } from './connection.ts';
import { delay } from './delay.ts';

const PAUSE_MS = 300;

export async function follow<Event>(
  connection: Connection,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Event>>,
  onEvent: (event: Event) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await connection.whenOpen(signal);
    if (signal.aborted) return;
    try {
      for await (const event of await open(signal)) {
        if (signal.aborted) return;
        onEvent(event);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const lineWasLost =
        connection.state !== 'open' || isAbort(thrown) || toErrorReport(thrown).code === 'CONNECTION_LOST';
      if (!lineWasLost) throw thrown;
    }
    await delay(PAUSE_MS, signal);
  }
}
