/**
 * Parts of one graph, run alone by ONNX Runtime on seeded hidden states, against a float64 calculation from the weights as they
 * are stored: the embedding, the first, a middle and the last layer, and the final norm with the output matrix.
 */
import type { LlamaConfig } from '../architectures/llama-config.ts';
import { roundTo } from '../onnx/float-type.ts';
import type { GraphProto, ModelProto } from '../onnx/schema/onnx_pb.ts';
import { rotaryTables } from '../operators/rotary-cache.ts';
import { cutGraph, embeddingCut, headCut, layerCut, type Cut } from './cut-graph.ts';
import { LlamaReference, type LayerCacheScales } from './llama-reference.ts';
import { failed, within, type Check, type CheckKind, type CheckSubject } from './report.ts';
import type { RecordedVariant } from './record.ts';
import { runPart, type PartPaths } from './run-part.ts';
import { seededIndices, seededVectors } from './seeded-values.ts';
import type { StoredWeights } from './stored-weights.ts';
import { tolerancesOf } from './tolerances.ts';

export interface CheckPartsOptions {
  readonly variant: string;
  readonly recorded: RecordedVariant;
  readonly config: LlamaConfig;
  readonly model: ModelProto & { readonly graph: GraphProto };
  readonly paths: PartPaths;
  readonly weights: StoredWeights;
  readonly signal?: AbortSignal | undefined;
}

const positions = 3;
const sampledTokens = 16;
const seed = 20261124;

/** The first, a middle and the last one. */
export function sampledLayers(layers: number): number[] {
  return [...new Set([0, Math.floor(layers / 2), layers - 1])];
}

/** A part of the graph: what kind, which, and its checks. */
type Part = [CheckKind, string, () => Promise<Check[]>];

export async function checkParts(options: CheckPartsOptions): Promise<Check[]> {
  const { variant, config, signal } = options;
  const layers = sampledLayers(config.layers).map((layer): Part => [
    'layer',
    `model.layers.${layer}`,
    () => checkLayer(options, layer),
  ]);
  const others: Part[] = [
    ['rotary', 'cos_cache and sin_cache', () => checkRotary(options)],
    ['embedding', 'model.embed_tokens', () => checkEmbedding(options)],
    ['head', 'model.norm and lm_head', () => checkHead(options)],
  ];
  // The graph of an int8 cache is another graph over the data of the one that it was made from: only its layers differ.
  const parts = options.recorded.keyValueCache === 'int8' ? layers : [...layers, ...others];
  const checks: Check[] = [];
  for (const [kind, subject, check] of parts) {
    signal?.throwIfAborted();
    try {
      checks.push(...(await check()));
    } catch (error) {
      // A full disk or a folder that may not be written says nothing about the model.
      if (signal?.aborted === true || isSystemError(error)) throw error;
      // Whatever stops a part from running is what the check is there to find.
      const reason = error instanceof Error ? error.message : String(error);
      checks.push(failed({ kind, variant, subject, compared: 'whether it runs' }, 'a part that runs', reason));
    }
  }
  return checks;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'errno' in error;
}

async function checkRotary({ variant, recorded, config, weights }: CheckPartsOptions): Promise<Check[]> {
  const { contextLength, headDimension, rotaryTheta: theta, rotaryScaling: scaling } = config;
  const { cosines, sines } = rotaryTables({ positions: contextLength, headDimension, theta, scaling });
  const tables = { cos_cache: cosines, sin_cache: sines };
  const checks: Check[] = [];
  for (const [name, expected] of Object.entries(tables)) {
    const compared = `${contextLength} positions with those of config.json, as absolute differences`;
    const found = await weights.vector(name);
    const largest = largestDifference(found, Float64Array.from(expected));
    checks.push(
      within(
        { kind: 'rotary', variant, subject: name, compared },
        largest,
        recorded.activations === 'float16' ? 5e-4 : 1e-6,
      ),
    );
  }
  return checks;
}

async function checkEmbedding(options: CheckPartsOptions): Promise<Check[]> {
  const { config, model, recorded, weights, variant } = options;
  const ids = seededIndices(seed, sampledTokens, config.vocabularySize);
  const cut = embeddingCut(model.graph);
  const outputs = await run(options, cut, {}, ids);
  const expected: number[] = [];
  for (const id of ids) {
    const [row] = await weights.rows('model.embed_tokens', config.hiddenSize, id, id + 1, false);
    expected.push(...(row ?? []));
  }
  const subject: CheckSubject = {
    kind: 'embedding',
    variant,
    subject: 'model.embed_tokens',
    compared: `the rows of ${ids.length} tokens`,
  };
  return [compareValues(subject, outputs.get(cut.outputs[0] ?? ''), expected, tolerancesOf(recorded).embedding)];
}

async function checkLayer(options: CheckPartsOptions, layer: number): Promise<Check[]> {
  const { config, model, recorded, weights, variant } = options;
  const cut = layerCut(model.graph, layer, config.layers);
  const { inputs, sum } = hiddenStates(options, cut, layer);
  const outputs = await run(
    options,
    cut,
    inputs,
    Array.from({ length: positions }, () => 0),
  );
  const scales = cacheScalesOf(recorded, layer);
  const expected = await new LlamaReference(config, weights).layer(layer, sum, scales);
  const tolerance = tolerancesOf(recorded).product;
  const subject = (what: string): CheckSubject => ({
    kind: 'layer',
    variant,
    subject: `model.layers.${layer}`,
    compared: `${what} at ${positions} positions`,
  });
  const [attended = '', added = '', keys = '', values = ''] = cut.outputs;
  const found = (name: string) => outputs.get(name);
  const compare = (what: string, values: Float64Array | undefined, wanted: readonly Float64Array[], scale = 0) =>
    compareValues(subject(what), values, wanted.flatMap(list), tolerance, scale);
  return [
    compare('what attention adds', found(attended), expected.attended),
    compare('what the feed-forward block adds', found(added), expected.added),
    compare('keys', cached(found(keys), scales?.key, config), expected.keys, scales?.key),
    compare('values', cached(found(values), scales?.value, config), expected.values, scales?.value),
  ];
}

async function checkHead(options: CheckPartsOptions): Promise<Check[]> {
  const { config, model, recorded, weights, variant } = options;
  const cut = headCut(model.graph);
  const { inputs, sum } = hiddenStates(options, cut, config.layers);
  const outputs = await run(
    options,
    cut,
    inputs,
    Array.from({ length: positions }, () => 0),
  );
  const expected = await new LlamaReference(config, weights).head(sum);
  const compared = `the logits of ${positions} positions`;
  const subject: CheckSubject = { kind: 'head', variant, subject: 'model.norm and lm_head', compared };
  return [compareValues(subject, outputs.get('logits'), expected.flatMap(list), tolerancesOf(recorded).product)];
}

/** Values for each input of a cut, and their sum, which is the residual stream. */
function hiddenStates({ config, recorded }: CheckPartsOptions, cut: Cut, layer: number) {
  const round = roundTo(recorded.activations);
  const inputs = Object.fromEntries(
    cut.inputs.map((name, index) => [
      name,
      seededVectors(seed + 2 * layer + index, positions, config.hiddenSize, round),
    ]),
  );
  const sum = Array.from({ length: positions }, (_, position) =>
    Float64Array.from({ length: config.hiddenSize }, (__, i) =>
      Object.values(inputs).reduce((total, vectors) => total + (vectors[position]?.[i] ?? 0), 0),
    ),
  );
  return { inputs, sum };
}

function run(
  { model, paths, recorded }: CheckPartsOptions,
  cut: Cut,
  hidden: Readonly<Record<string, readonly Float64Array[]>>,
  ids: readonly number[],
): Promise<ReadonlyMap<string, Float64Array>> {
  return runPart(paths, cutGraph(model, recorded.activations, cut), { hidden, ids });
}

function cacheScalesOf({ keyValueCache, calibration }: RecordedVariant, layer: number): LayerCacheScales | null {
  if (keyValueCache !== 'int8') return null;
  const scale = (part: 'key' | 'value') => calibration?.scales[`present.${layer}.${part}`] ?? NaN;
  return { key: scale('key'), value: scale('value') };
}

/** `[keyValueHeads, position, headDimension]` as the positions one after another, codes as what they stand for. */
function cached(
  found: Float64Array | undefined,
  scale: number | undefined,
  { keyValueHeads, headDimension }: LlamaConfig,
): Float64Array | undefined {
  return found?.map((_, at) => {
    const [position, within] = [Math.floor(at / (keyValueHeads * headDimension)), at % (keyValueHeads * headDimension)];
    const head = Math.floor(within / headDimension);
    const value = found[(head * positions + position) * headDimension + (within % headDimension)] as number;
    return value * (scale ?? 1);
  });
}

function compareValues(
  subject: CheckSubject,
  found: Float64Array | undefined,
  expected: readonly number[],
  tolerance: number,
  /** One code of an int8 cache: what lies between two codes may become either. */
  step = 0,
): Check {
  if (found?.length !== expected.length) {
    return failed(subject, `${expected.length} values`, `${found?.length ?? 'no'} values`);
  }
  const unit = norm(expected) || 1;
  const difference = norm(expected.map((value, i) => (found[i] as number) - value)) / unit;
  const codes = (step * Math.sqrt(expected.length)) / unit;
  return within(subject, Number.isNaN(difference) ? Infinity : difference, tolerance + codes);
}

/** Not a number where any of them is not. */
export function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = found.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((found[i] as number) - (expected[i] as number));
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(largest)) return Infinity;
  }
  return largest;
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((total, value) => total + value * value, 0));
}

const list = (vector: Float64Array): number[] => [...vector];
