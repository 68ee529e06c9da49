/** A process that a bench measures in: one request at a time, one reply of numbers each, so that its memory and threads are its own. */
import { fork, type ChildProcess } from 'node:child_process';

/** What such a process sends back. */
export type BenchReply = { readonly values: readonly number[] } | { readonly error: string };

export class BenchProcess<Request extends { readonly do: string }> {
  readonly #child: ChildProcess;

  constructor(modulePath: string, values: readonly string[]) {
    this.#child = fork(modulePath, values, { serialization: 'advanced' });
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The process could not be started.');
    return this.#child.pid;
  }

  /** Throws what was thrown there, or that the process ended. */
  request(request: Request): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      const onMessage = (reply: BenchReply) => {
        this.#child.off('exit', onExit);
        if ('error' in reply) reject(new Error(reply.error));
        else resolve(reply.values);
      };
      const onExit = (code: number | null, signal: string | null) => {
        this.#child.off('message', onMessage);
        reject(new Error(`The process ended with ${code ?? signal} during ${request.do}.`));
      };
      this.#child.once('message', onMessage);
      this.#child.once('exit', onExit);
      this.#child.send(request);
    });
  }

  /** The only value of a reply. */
  async value(request: Request): Promise<number> {
    const [value] = await this.request(request);
    return value ?? Number.NaN;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
  }
}

/** The other end: answers every message until the bench is gone. */
export function serveBench<Request>(answer: (request: Request) => Promise<readonly number[]>): void {
  process.on('message', (request: Request) => {
    const send = (reply: BenchReply) => process.send?.(reply);
    answer(request).then(
      (values) => send({ values }),
      (error: unknown) => send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/** A line of /proc/self/status, `VmRSS` or `VmHWM`, the kernel's high-water mark, in bytes. Mapped files that were touched count. */
export function residentBytes(name: 'VmRSS' | 'VmHWM', status: string): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return Number(kilobytes) * 1024;
}
