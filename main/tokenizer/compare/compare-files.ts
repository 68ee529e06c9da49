/**
 * The text files of a folder through several tokenizers, summed by language. Files are read piece by piece, so memory does not grow with
 * them; one that cannot be read is told and left out.
 */
import { createReadStream } from 'node:fs';
import { basename, sep } from 'node:path';
import { mostNamedSkippedFiles, type CompareFilesEvent, type SkipReason } from '../../contract/comparison.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import type { Tokenizer } from '../tokenizer.ts';
import type { OpenTokenizer } from './compare-text.ts';
import { countPieces, type PieceCounts } from './count-pieces.ts';
import { findTextFiles, type FoundFiles, type TextFile } from './find-text-files.ts';
import { languageOfPath } from './language-of-path.ts';
import { RunningTotals } from './running-totals.ts';
import { textPieces } from './text-pieces.ts';

const readBytes = 1 << 20;

/** @throws WorkbenchError `FILE_NOT_FOUND`, `FILE_UNREADABLE` where one of `places` (files and folders) itself cannot be read. */
export async function* compareFiles(
  open: OpenTokenizer,
  paths: readonly string[],
  places: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<CompareFilesEvent, void, undefined> {
  const leaving = new AbortController();
  try {
    yield* countAll(open, paths, places, AbortSignal.any([signal, leaving.signal]));
  } finally {
    // Who leaves the stream in the middle of a file wants no more of it counted.
    leaving.abort();
  }
}

async function* countAll(
  open: OpenTokenizer,
  paths: readonly string[],
  places: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<CompareFilesEvent, void, undefined> {
  const { files, skipped } = await findAll(places, signal);
  const tokenizers: (Tokenizer | null)[] = [];
  const waiting: CompareFilesEvent[] = [];
  const onFailed = (index: number, error: ReturnType<WorkbenchError['toReport']>) =>
    waiting.push({ type: 'failed', index, error });
  for (const [index, tokenizerPath] of paths.entries()) {
    signal.throwIfAborted();
    tokenizers.push(await open(tokenizerPath).catch(failedAs(index, onFailed)));
  }
  let skippedCount = 0;
  const skip = (name: string, reason: SkipReason) => {
    if (skippedCount++ < mostNamedSkippedFiles) waiting.push({ type: 'skipped', path: name, reason });
  };
  for (const { name, reason } of skipped) skip(name, reason);
  const total = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const byLanguage = new Map<string | null, RunningTotals>();
  const everything = new RunningTotals(null, paths.length);
  let done = 0;
  const progress = (bytes: number) =>
    waiting.push({ type: 'progress', progress: { phase: 'count', done: done + bytes, total, unit: 'bytes' } });
  progress(0);
  for (const file of files) {
    yield* waiting.splice(0);
    // A file of many pieces is counted beside this stream, so that its progress is told while it goes on.
    const counting = countFile(tokenizers, file, { signal, onPiece: progress, onFailed });
    const counted = yield* whileWaiting(counting, waiting);
    if ('reason' in counted) skip(file.name, counted.reason);
    else {
      const language = languageOfPath(file.path.split(sep).slice(-4).join('/'));
      const totals = byLanguage.get(language) ?? new RunningTotals(language, paths.length);
      byLanguage.set(language, totals);
      totals.add(counted.counts, counted.tokens);
      everything.add(counted.counts, counted.tokens);
      waiting.push({ type: 'file', file: { path: file.name, language, ...counted } });
    }
    done += file.byteLength;
    progress(0);
  }
  yield* waiting.splice(0);
  const languages = [...byLanguage.values()]
    .map(({ totals }) => totals)
    .sort((a, b) => b.counts.utf8ByteCount - a.counts.utf8ByteCount);
  yield { type: 'end', languages, total: everything.totals, skippedCount };
}

/** Of several places, names begin with the last step of the place. */
async function findAll(places: readonly string[], signal: AbortSignal): Promise<FoundFiles> {
  const all: FoundFiles = { files: [], skipped: [] };
  for (const place of places) {
    const { files, skipped } = await findTextFiles(place, signal);
    const named = (name: string) =>
      places.length === 1 || name === basename(place) ? name : `${basename(place)}/${name}`;
    all.files.push(...files.map((file) => ({ ...file, name: named(file.name) })));
    all.skipped.push(...skipped.map(({ name, reason }) => ({ name: named(name), reason })));
  }
  return all;
}

type Counted = PieceCounts | { reason: SkipReason };

async function countFile(
  tokenizers: (Tokenizer | null)[],
  { path, name }: TextFile,
  options: Parameters<typeof countPieces>[2],
): Promise<Counted> {
  const stream = createReadStream(path, { highWaterMark: readBytes });
  try {
    return await countPieces(tokenizers, textPieces(stream as AsyncIterable<Uint8Array>, name), options);
  } catch (thrown) {
    options.signal.throwIfAborted();
    const error = WorkbenchError.from(thrown);
    return { reason: error.details['reason'] === 'not-utf8' ? 'not-utf8' : 'unreadable' };
  } finally {
    stream.destroy();
  }
}

const tellEveryMs = 200;

/** Gives out what comes in meanwhile. */
async function* whileWaiting<Event, Result>(
  work: Promise<Result>,
  waiting: Event[],
): AsyncGenerator<Event, Result, undefined> {
  let isDone = false;
  const ended = work.then(
    () => (isDone = true),
    () => (isDone = true),
  );
  while (!isDone) {
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise((resolve) => (timer = setTimeout(resolve, tellEveryMs)));
    await Promise.race([ended, pause]);
    clearTimeout(timer);
    yield* waiting.splice(0);
  }
  return work;
}

function failedAs(index: number, onFailed: (index: number, error: ReturnType<WorkbenchError['toReport']>) => void) {
  return (thrown: unknown): null => {
    onFailed(index, WorkbenchError.from(thrown).toReport());
    return null;
  };
}
