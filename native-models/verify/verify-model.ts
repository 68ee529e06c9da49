/**
 * Verifies a model folder of this exporter: its files against their hashes, its graphs against their configuration, parts of them
 * against a float64 calculation, and all of it against the published model where that is given. What is wrong is reported, not
 * thrown. Memory stays at a few megabytes beside ONNX Runtime's own, which gets one layer at a time.
 */
import { join } from 'node:path';
import { closeSync, openSync } from 'node:fs';
import { parseLlamaConfig } from '../architectures/llama-config.ts';
import { architectureOf } from '../architectures/registry.ts';
import { ExportError } from '../export-error.ts';
import { plainFileSize } from '../files/plain-file.ts';
import type { HttpOptions } from '../http/retry.ts';
import { localSource } from '../model-folder/local-source.ts';
import { readRequired } from '../model-folder/model-source.ts';
import { openWeights } from '../model-folder/open-weights.ts';
import { isRemoteAddress, remoteSource } from '../model-folder/remote-source.ts';
import { configFileName, parseJsonObject } from '../model-folder/source-folder.ts';
import { externalTensorsOf } from '../onnx/external-tensors.ts';
import { fileBytes } from '../onnx/graph-bytes.ts';
import { readGraph } from '../onnx/read-graph.ts';
import type { GraphProto } from '../onnx/schema/onnx_pb.ts';
import type { OnProgress } from '../progress.ts';
import type { WeightSource } from '../source-tensor.ts';
import { checkFiles } from './check-files.ts';
import { checkGraph, isExternal, placeOf } from './check-graph.ts';
import { checkParts, sampledLayers } from './check-parts.ts';
import { checkConfig, checkSource } from './check-source.ts';
import { expectedGraph } from './expected-graph.ts';
import { readRecord, readSmallJson, type ModelRecord } from './record.ts';
import { failed, reportOf, type Check, type VerificationReport } from './report.ts';
import { StoredWeights } from './stored-weights.ts';

/** A published model that is open. */
export interface OpenSource {
  /** config.json as it was published. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: WeightSource;
  readonly revision: string | null;
}

export interface VerifyOptions {
  /** What the folder was made from: a folder, an address as the exporter takes it, or a model that is open already. */
  readonly source?: string | OpenSource | undefined;
  /** Headers and patience for an address. */
  readonly http?: HttpOptions | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes small temporary files, beside the graphs where it may. Throws `ExportError` where the folder or the source is not one that can be
 * verified, or the reason of `signal`.
 */
export async function verifyModel(folder: string, options: VerifyOptions = {}): Promise<VerificationReport> {
  const { source, signal, onProgress } = options;
  if (typeof source === 'string') return verifyAgainst(folder, source, options);
  signal?.throwIfAborted();
  const record = await readRecord(folder);
  const config = await readSmallJson(folder, configFileName);
  const onBytes = (done: number, total: number) => onProgress?.({ phase: 'verify', done, total, unit: 'bytes' });
  const checks = await checkFiles({ folder, files: record.files, signal, onBytes });
  if (source !== undefined) checks.push(checkConfig(source.config, source.revision, config));
  for (const name of Object.keys(record.variants)) {
    checks.push(...(await checkVariant({ folder, name, record, config, source, signal })));
  }
  return reportOf(checks);
}

async function verifyAgainst(folder: string, address: string, options: VerifyOptions): Promise<VerificationReport> {
  const { http, signal } = options;
  const source = isRemoteAddress(address) ? await remoteSource(address, http, signal) : localSource(address);
  const config = parseJsonObject(configFileName, await readRequired(source, configFileName, signal));
  const { source: recorded } = await readRecord(folder);
  const weights = await openWeights(source, signal);
  try {
    const revision = recorded.revision ?? source.revision;
    return await verifyModel(folder, { ...options, source: { config, weights, revision } });
  } finally {
    await weights.close();
  }
}

interface VariantOptions {
  readonly folder: string;
  readonly name: string;
  readonly record: ModelRecord;
  readonly config: Readonly<Record<string, unknown>>;
  readonly source: OpenSource | undefined;
  readonly signal: AbortSignal | undefined;
}

/** ONNX Runtime sees no graph that the walk over its tensors refuses, or whose data file is no plain file. */
async function checkVariant({ folder, name, record, config, source, signal }: VariantOptions): Promise<Check[]> {
  const recorded = record.variants[name];
  if (recorded === undefined) return [];
  const { file } = recorded;
  const expected = expectedGraph(architectureOf(config), name, recorded, record.source.tensorOrder);
  const dataFile = `onnx/${expected.graph.initializer.flatMap(({ externalData }) => externalData).find(({ key }) => key === 'location')?.value ?? ''}`;
  const graphPath = join(folder, file);
  let dataByteLength: number | null;
  let model: Awaited<ReturnType<typeof readGraph>>['model'];
  let graph: Awaited<ReturnType<typeof readGraph>>['graph'];
  try {
    requireSafeGraph(graphPath, await plainFileSize(folder, file));
    dataByteLength = await plainFileSize(folder, dataFile);
    ({ model, graph } = await readGraph(graphPath));
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const subject = { kind: 'graph', variant: name, subject: file, compared: 'whether it can be read safely' } as const;
    return [failed(subject, 'an ONNX graph over plain files beside it', error.message)];
  }
  const checks = checkGraph({ variant: name, file, found: graph, expected: expected.graph, dataByteLength });
  // Nothing can be read of a file that ends too early: the checks so far say so.
  if ((dataByteLength ?? 0) < dataEnd(expected.graph)) return checks;
  const weights = await StoredWeights.open(join(folder, dataFile), expected.graph, signal);
  try {
    const llama = parseLlamaConfig(config);
    const common = { variant: name, recorded, weights, signal };
    const paths = { graphPath, dataPath: join(folder, dataFile) };
    checks.push(...(await checkParts({ ...common, config: llama, model: { ...model, graph }, paths })));
    if (source !== undefined && recorded.keyValueCache !== 'int8') {
      const { tiedEmbeddings, layers } = llama;
      const sampled = { layers: sampledLayers(layers), sources: expected.sources, tiedEmbeddings };
      checks.push(...(await checkSource({ ...common, ...sampled, published: source.weights })));
    }
  } finally {
    await weights.close();
  }
  return checks;
}

/** Bytes that the data file must have. */
function dataEnd({ initializer }: GraphProto): number {
  return initializer.filter(isExternal).reduce((end, tensor) => Math.max(end, placeOf(tensor).end), 0);
}

function requireSafeGraph(path: string, byteLength: number | null): void {
  if (byteLength === null) {
    throw new ExportError('source.missing', `There is no ${path}.`, { action: 'Export the model again.' });
  }
  const descriptor = openSync(path, 'r');
  try {
    externalTensorsOf(fileBytes(descriptor, byteLength));
  } finally {
    closeSync(descriptor);
  }
}
