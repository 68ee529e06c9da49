/** Long work of a command: its progress on one line, Ctrl+C stops it in order, and the same command goes on from there. */
import { WorkbenchError } from '../contract/errors.ts';
import type { Progress } from '../contract/progress.ts';
import { ProgressLine } from './progress-line.ts';

export interface Work {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
  /** A line for what is done, where standard error is no terminal. */
  note: (text: string) => void;
}

/** The exit code: of `body`, or 130 where it was interrupted. */
export async function interruptible(body: (work: Work) => Promise<number>): Promise<number> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onInterrupt);
  const line = new ProgressLine(process.stderr);
  try {
    return await body({
      signal: interrupt.signal,
      onProgress: (progress) => line.update(progress),
      note: (text) => line.note(text),
    });
  } catch (thrown) {
    if (!interrupt.signal.aborted) throw thrown;
    const { code, message, action } = WorkbenchError.from(thrown);
    if (code !== 'CANCELLED') throw thrown;
    line.end();
    process.stderr.write(`${message}\n${action}\n`);
    return 130;
  } finally {
    line.end();
  }
}
