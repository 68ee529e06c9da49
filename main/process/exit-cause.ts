/** What most likely ended a process, from how it ended: a signal, or a code that stands for one. */
import type { ProcessExit } from './port.ts';

export const exitCauses = ['killed', 'native-crash', 'aborted', 'exited'] as const;
export type ExitCause = (typeof exitCauses)[number];

const bySignal: Partial<Record<string, ExitCause>> = {
  // Sent by whoever wants memory back: the kernel, systemd-oomd, a container's limit; or by hand.
  SIGKILL: 'killed',
  SIGTERM: 'killed',
  SIGSEGV: 'native-crash',
  SIGBUS: 'native-crash',
  SIGILL: 'native-crash',
  SIGFPE: 'native-crash',
  SIGTRAP: 'native-crash',
  // V8 when its heap is full; a failed check in native code; an exception that nothing caught there.
  SIGABRT: 'aborted',
};

/** Windows has no signals: NTSTATUS values that a process ends with. */
const byCode: Partial<Record<number, ExitCause>> = {
  0xc0000005: 'native-crash',
  0xc000001d: 'native-crash',
  0xc00000fd: 'native-crash',
  0xc0000409: 'aborted',
  0xc0000017: 'aborted',
  // A shell or a launcher in between reports 128 + the number of the signal.
  134: 'aborted',
  137: 'killed',
  139: 'native-crash',
};

const sentences: Record<ExitCause, string> = {
  killed: 'it was killed, most likely by the system because memory ran out',
  'native-crash': 'a native library crashed in it',
  aborted: 'it gave up, most likely because memory ran out or a native check failed',
  exited: 'it ended by itself',
};

export function exitCause({ code, signal }: ProcessExit): ExitCause {
  return (signal === null ? undefined : bySignal[signal]) ?? (code === null ? undefined : byCode[code]) ?? 'exited';
}

/** `signal SIGKILL: it was killed, most likely …`. */
export function describeExit(exit: ProcessExit): string {
  const how = exit.signal === null ? `code ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`;
  return `${how}: ${sentences[exitCause(exit)]}`;
}
