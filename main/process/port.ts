/**
 * The smallest message channel that every host can offer: Electron's utility process and `MessagePortMain`, a Node child
 * process, a `worker_threads` port. Structured-clonable values go through in order; `close` comes once.
 */
export interface ProcessPort {
  postMessage(message: unknown): void;
  on(event: string, listener: (event?: { data: unknown }) => void): void;
}

export interface ProcessExit {
  /** `null` where a signal ended the process. */
  code: number | null;
  signal: string | null;
}

/** A running service process, whoever started it. */
export interface ProcessHandle {
  readonly port: ProcessPort;
  readonly processId: number | null;
  readonly exited: Promise<ProcessExit>;
  kill(): void;
}

export type ServiceProcessName = 'engine' | 'data' | 'tokenizer' | 'convert';

/** Given by the host: starts a service process. It may throw; it must not wait for the process to be ready. */
export type LaunchProcess = (name: ServiceProcessName) => ProcessHandle;
