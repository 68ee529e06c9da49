/**
 * Writes planned variants of one model in one pass over its source: each tensor is read once, in the order in which it is stored,
 * for every variant that wants it. A run that was interrupted goes on after the last group of each file that is whole.
 */
import type { PendingFiles } from './model-folder/pending-files.ts';
import type { VariantPlan } from './plan-variant.ts';
import { PlanWriter } from './plan-writer.ts';
import type { OnProgress } from './progress.ts';
import type { MatrixMeasurement } from './quantize/quantized-group.ts';
import { Quantizer, type QuantizerOptions } from './quantize/quantizer.ts';
import { SlabReader } from './source-slabs.ts';
import type { SourceTensor } from './source-tensor.ts';

export interface WriteOptions extends QuantizerOptions {
  readonly files: PendingFiles;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Told, before anything is read, the place in the source from where on it will be. */
  readonly onBegin?: ((place: number) => void) | undefined;
  /** Awaited after each tensor, with the place of the next: all that is read so far is written and in the journal. */
  readonly onTensor?: ((nextPlace: number) => Promise<void>) | undefined;
}

/** Under so many bytes of source, threads cost more than they save: none are started unless asked for. */
const leastForThreads = 16 << 20;

/** What quantisation cost, matrix by matrix (empty for float32), for each plan. */
export async function writePlans(
  plans: readonly VariantPlan[],
  options: WriteOptions,
): Promise<readonly (readonly MatrixMeasurement[])[]> {
  const { files, signal, onProgress, onBegin, onTensor } = options;
  const writers: PlanWriter[] = [];
  for (const plan of plans) writers.push(await PlanWriter.begin(plan, files, signal));
  const sizes = sourceSizes(plans);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const report = (done: number) => onProgress?.({ phase: 'convert', done, total, unit: 'bytes' });
  const { workers = total < leastForThreads ? 0 : undefined, workerModule } = options;
  const quantizer = new Quantizer({ workers, workerModule });
  try {
    onBegin?.(nextPlace(writers));
    for (let place = nextPlace(writers); place < Infinity; place = nextPlace(writers)) {
      const before = [...sizes].reduce((sum, [other, size]) => (other < place ? sum + size : sum), 0);
      let read = 0;
      const onBytes = (byteLength: number) => report(before + Math.min((read += byteLength), sizes.get(place) ?? 0));
      await writeTogether(
        writers.filter((writer) => placeOf(writer) === place),
        { quantizer, signal, onBytes },
      );
      await onTensor?.(nextPlace(writers));
    }
    report(total);
    for (const writer of writers) await writer.writeGraph();
    return writers.map(({ measurements }) => measurements);
  } finally {
    await quantizer.close();
  }
}

/** The next group of each writer, from one reading of the tensor that they have in common. The first failure ends them all. */
async function writeTogether(
  writers: readonly PlanWriter[],
  options: { quantizer: Quantizer; signal: AbortSignal | undefined; onBytes: (byteLength: number) => void },
): Promise<void> {
  const { quantizer, onBytes } = options;
  const failed = new AbortController();
  const signal = options.signal === undefined ? failed.signal : AbortSignal.any([options.signal, failed.signal]);
  const source = writers[0]?.next?.source ?? null;
  const reader = source === null ? null : new SlabReader(source, writers.length, { signal, onBytes });
  const outcomes = await Promise.allSettled(
    writers.map(async (writer) => {
      try {
        await writer.writeNext({
          slabs: () => reader?.slabs() ?? nothing(),
          quantize: (rows) => quantizer.quantize(rows),
          parallelism: quantizer.parallelism,
          signal,
        });
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }),
  );
  options.signal?.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function* nothing(): AsyncGenerator<never> {
  // What is computed reads no source.
}

function nextPlace(writers: readonly PlanWriter[]): number {
  return Math.min(...writers.map(placeOf));
}

/** What is computed comes before everything that is read; `Infinity` when all is written. */
function placeOf({ next }: PlanWriter): number {
  return next === null ? Infinity : (next.source?.place ?? -1);
}

/** Source bytes by place: a tensor that several variants want counts once. */
function sourceSizes(plans: readonly VariantPlan[]): ReadonlyMap<number, number> {
  const sources = plans.flatMap(({ groups }) =>
    groups.flatMap(({ source }): SourceTensor[] => (source ? [source] : [])),
  );
  return new Map(sources.map(({ place, byteLength }) => [place, byteLength]));
}
