/** The contract of the conversion process: each call is one stream, and leaving it stops the work. */
import { implement } from '@orpc/server';
import { conversionContract } from '../contract/conversion.ts';
import type { Progress } from '../contract/progress.ts';
import { convertModel } from './convert-model.ts';
import { verifyFolder } from './verify-folder.ts';

export function conversionRouter(workerModule: string) {
  const contract = implement(conversionContract);
  return contract.router({
    convert: contract.convert.handler(({ input, signal }) =>
      progressThenEnd(
        signal,
        (options) => convertModel(input, { ...options, workerModule }),
        (report) => ({ type: 'end' as const, report }),
      ),
    ),
    verify: contract.verify.handler(({ input, signal }) =>
      progressThenEnd(
        signal,
        (options) => verifyFolder(input.folder, options),
        (verification) => ({ type: 'end' as const, verification }),
      ),
    ),
  });
}

interface WorkOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Only the newest progress is sent on: whoever reads slowly misses steps between, never the end. */
async function* progressThenEnd<Result, End>(
  callSignal: AbortSignal | undefined,
  work: (options: WorkOptions) => Promise<Result>,
  endOf: (result: Result) => End,
): AsyncGenerator<{ type: 'progress'; progress: Progress } | End> {
  const left = new AbortController();
  const signal = callSignal === undefined ? left.signal : AbortSignal.any([callSignal, left.signal]);
  let newest: Progress | null = null;
  let changed = Promise.withResolvers<undefined>();
  const onProgress = (progress: Progress): void => {
    newest = progress;
    changed.resolve(undefined);
  };
  const working = work({ signal, onProgress });
  const ended = working.then(
    () => true,
    () => true,
  );
  try {
    while (!(await Promise.race([ended, changed.promise.then(() => false)]))) {
      changed = Promise.withResolvers<undefined>();
      if (newest !== null) yield { type: 'progress', progress: newest };
    }
    yield endOf(await working);
  } finally {
    left.abort();
    await ended;
  }
}
