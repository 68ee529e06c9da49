/**
 * Adds `model_q4_kv8.onnx` to an exported model folder: the graph of `model_q4.onnx`, over the same data file, with an int8 KV
 * cache whose scales come from a calibration run. workbench.json then records the graph, its scales and what they come from.
 */
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { AtomicFile, type WrittenFile } from '../files/atomic-file.ts';
import { encodeJson, parseJsonObject } from '../model-folder/source-folder.ts';
import { readGraph } from '../onnx/read-graph.ts';
import { ModelProtoSchema } from '../onnx/schema/onnx_pb.ts';
import type { Calibration } from './calibrate.ts';
import { cacheScales, useInt8Cache, type CacheScales } from './int8-cache-graph.ts';

const sourceName = 'onnx/model_q4.onnx';
const int8CacheName = 'onnx/model_q4_kv8.onnx';
const recordName = 'workbench.json';

/** A cache graph is bound to the layout of the data file: it goes before a new `model_q4.onnx` takes its name. */
export async function removeInt8Cache(folder: string): Promise<void> {
  await rm(join(folder, int8CacheName), { force: true });
}

/** Returns the records of the two written files. The folder is unchanged when this throws before it renames them. */
export async function addInt8Cache(
  folder: string,
  calibration: Pick<Calibration, 'largestCached' | 'tokens'>,
): Promise<Record<string, WrittenFile>> {
  const record = parseJsonObject(recordName, await readFile(join(folder, recordName)));
  const { model, graph } = await readGraph(join(folder, sourceName));
  const scales = cacheScales(calibration);
  useInt8Cache(graph, scales);
  const prepared = new Map<string, AtomicFile>();
  const prepare = async (name: string, bytes: Uint8Array): Promise<WrittenFile> => {
    const path = join(folder, name);
    const file = await AtomicFile.create(`${path}.${process.pid}.partial`);
    prepared.set(path, file);
    await file.append(bytes);
    return file.finish();
  };
  try {
    const written = await prepare(int8CacheName, toBinary(ModelProtoSchema, model));
    const described = withInt8Cache(record, { written, scales, tokens: calibration.tokens });
    const recorded = await prepare(recordName, encodeJson(described));
    for (const [path, file] of prepared) await rename(file.temporaryPath, path);
    return { [int8CacheName]: written, [recordName]: recorded };
  } catch (error) {
    for (const file of prepared.values()) {
      await file.close();
      await rm(file.temporaryPath, { force: true });
    }
    throw error;
  }
}

interface Addition {
  readonly written: WrittenFile;
  readonly scales: CacheScales;
  readonly tokens: number;
}

function withInt8Cache(
  record: Record<string, unknown>,
  { written, scales, tokens }: Addition,
): Record<string, unknown> {
  const variants = objectIn(record, 'variants');
  return {
    ...record,
    variants: {
      ...variants,
      q4_kv8: {
        ...objectIn(variants, 'q4'),
        file: int8CacheName,
        keyValueCache: 'int8',
        calibration: { tokens, scales: Object.fromEntries(scales) },
      },
    },
    files: { ...objectIn(record, 'files'), [int8CacheName]: written },
  };
}

function objectIn(record: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = record[key];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
