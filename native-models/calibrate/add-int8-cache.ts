/**
 * The part of an export that makes `model_q4_kv8.onnx`: the graph of `model_q4.onnx`, over the same data file, with an int8 KV
 * cache whose scales come from a calibration run. What the run found is kept in the journal: a kill costs it once at most.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import type { PendingFiles } from '../model-folder/pending-files.ts';
import { readGraph } from '../onnx/read-graph.ts';
import { ModelProtoSchema } from '../onnx/schema/onnx_pb.ts';
import type { OnProgress } from '../progress.ts';
import { calibrate } from './calibrate.ts';
import { cacheScales, useInt8Cache, type CacheScales } from './int8-cache-graph.ts';

const sourceName = 'onnx/model_q4.onnx';
export const int8CacheName = 'onnx/model_q4_kv8.onnx';

export interface AddInt8CacheOptions {
  /** `model_q4.onnx` and its data are finished there. */
  readonly files: PendingFiles;
  readonly sequences: readonly (readonly number[])[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/** What workbench.json says of an int8 cache. */
export interface Int8Cache {
  /** Those of the calibration run. */
  readonly tokens: number;
  readonly scales: CacheScales;
}

/** Throws `graph.invalid`, or the reason of `signal`. */
export async function addInt8Cache(options: AddInt8CacheOptions): Promise<Int8Cache> {
  const { files, sequences, signal, onProgress } = options;
  const modelPath = files.pathOf(sourceName);
  const { tokens, largestCached } = await files.fact('calibration', async () => {
    const onTokens = (done: number, total: number) => onProgress?.({ phase: 'calibrate', done, total, unit: 'tokens' });
    const found = await calibrate({ modelPath, sequences, inputMoments: false, signal, onTokens });
    return { tokens: found.tokens, largestCached: [...found.largestCached] };
  });
  const scales = cacheScales({ largestCached: new Map(largestCached) });
  const { model, graph } = await readGraph(modelPath);
  useInt8Cache(graph, scales);
  await files.write(int8CacheName, toBinary(ModelProtoSchema, model));
  return { tokens, scales };
}

/** A cache graph is bound to the layout of the data file: it goes before a new `model_q4.onnx` takes its name. */
export async function removeInt8Cache(folder: string): Promise<void> {
  await rm(join(folder, int8CacheName), { force: true });
}
