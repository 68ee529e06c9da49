/**
 * Which tokens a regular expression finds, in bounded time. An expression such as `(a+)+$` takes exponential time on some texts, and
 * JavaScript offers no way to stop it, except one: code that `node:vm` runs with a time limit is ended by the engine, also within a
 * regular expression. So the vocabulary is searched in slices through it; between two of them the search can be given up.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createContext, Script } from 'node:vm';
import { WorkbenchError } from '../../contract/errors.ts';

/** A simple expression takes 10 to 30 ms for 65,024 tokens. */
export const timeLimitMs = 1_000;
const sliceLength = 16_384;
const call = new Script('search()');

/** 1 for every text that has a match. @throws WorkbenchError `SEARCH_INVALID` for no expression, or one that takes too long. */
export async function matchExpression(
  texts: readonly string[],
  pattern: string,
  matchCase: boolean,
  signal: AbortSignal = new AbortController().signal,
): Promise<Uint8Array> {
  const expression = compile(pattern, matchCase);
  const found = new Uint8Array(texts.length);
  let spentMs = 0;
  for (let start = 0; start < texts.length; start += sliceLength) {
    const end = Math.min(start + sliceLength, texts.length);
    const search = () => {
      for (let i = start; i < end; i++) found[i] = expression.test(texts[i] ?? '') ? 1 : 0;
    };
    const begun = performance.now();
    run(search, Math.ceil(timeLimitMs - spentMs), pattern);
    spentMs += performance.now() - begun;
    if (spentMs >= timeLimitMs) throw tooSlow(pattern);
    await nextTurn();
    signal.throwIfAborted();
  }
  return found;
}

function compile(pattern: string, matchCase: boolean): RegExp {
  try {
    return new RegExp(pattern, matchCase ? 'u' : 'iu');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WorkbenchError('SEARCH_INVALID', `/${pattern}/ is not a regular expression: ${why}`, {
      action: 'Correct the expression; a sign such as ( [ . or + that is meant as itself needs \\ before it.',
      details: { reason: 'expression' },
      cause,
    });
  }
}

function run(search: () => void, timeout: number, pattern: string): void {
  try {
    call.runInContext(createContext({ search }), { timeout });
  } catch (cause) {
    throw tooSlow(pattern, cause);
  }
}

/** Also where the engine runs out of memory or stack for it. */
function tooSlow(pattern: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('SEARCH_INVALID', `/${pattern}/ takes more than ${timeLimitMs} ms on this vocabulary.`, {
    action: 'Simplify it: repetitions within repetitions, such as (a+)+, can take exponential time.',
    details: { reason: 'slow' },
    cause,
  });
}
