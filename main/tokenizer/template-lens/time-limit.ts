/**
 * Runs something that may never end, and ends it. A template is a program of somebody else's: `range(1000000000)` would hold its
 * thread for minutes. V8 stops whatever runs under a script with a time limit (https://nodejs.org/api/vm.html#scriptrunincontext).
 */
import { createContext, Script } from 'node:vm';

export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded';
}

const call = new Script('run()');

/** What `run` returns. It must be synchronous. @throws TimeLimitExceeded, and what `run` throws */
export function withTimeLimit<Result>(timeoutMs: number, run: () => Result): Result {
  let result: { value: Result } | null = null;
  const context = createContext({ run: () => void (result = { value: run() }) });
  try {
    call.runInContext(context, { timeout: timeoutMs });
  } catch (thrown) {
    if (hasCode(thrown, 'ERR_SCRIPT_EXECUTION_TIMEOUT')) {
      throw new TimeLimitExceeded(`It had not ended after ${timeoutMs} ms.`, { cause: thrown });
    }
    throw thrown;
  }
  return (result as unknown as { value: Result }).value;
}

/** The error is made in the other context: it is no instance of this one's Error. */
function hasCode(thrown: unknown, code: string): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === code;
}
