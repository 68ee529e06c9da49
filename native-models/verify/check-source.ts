/**
 * An export against what was published: the configuration, and sampled rows of the sampled layers' matrices, whose relative error
 * must be near the one that the export recorded; norms and biases must be the published ones, rounded.
 */
import { isDeepStrictEqual } from 'node:util';
import { overrideForPhase } from '../architectures/phase-override.ts';
import { roundTo, type FloatType } from '../onnx/float-type.ts';
import type { Precision } from '../operators/model-build.ts';
import { relativeError } from '../quantize/quantize-matrix.ts';
import { quantizeRows } from '../quantize/quantize-rows.ts';
import type { SourceTensor, WeightSource } from '../source-tensor.ts';
import { largestDifference } from './check-parts.ts';
import type { RecordedVariant } from './record.ts';
import { failed, passed, within, type Check, type CheckSubject } from './report.ts';
import { seededIndices } from './seeded-values.ts';
import type { StoredWeights } from './stored-weights.ts';

export interface CheckSourceOptions {
  readonly variant: string;
  readonly recorded: RecordedVariant;
  readonly layers: readonly number[];
  /** Shapes of the published tensors that the graph is made of. */
  readonly sources: ReadonlyMap<string, readonly number[]>;
  readonly tiedEmbeddings: boolean;
  readonly published: WeightSource;
  readonly weights: StoredWeights;
  readonly signal?: AbortSignal | undefined;
}

const sampledRows = 8;
const seed = 20261124;

/**
 * What is allowed is what quantising these very rows costs, or the recorded error of their matrix: rows of tokens that were never
 * trained can be too small for float16 scales, and cost everything. Scales that were weighted by the inputs cost a little more.
 * Rows of another matrix differ by more than a whole.
 */
const neighbourhood = 1.5;
const leastError = 1e-6;

export async function checkSource(options: CheckSourceOptions): Promise<Check[]> {
  const { sources, layers, tiedEmbeddings, signal } = options;
  const ofLayer = /^model\.layers\.(\d+)\./;
  const checks: Check[] = [];
  for (const [name, shape] of sources) {
    const [, layer] = ofLayer.exec(name) ?? [];
    if (layer !== undefined && !layers.includes(Number(layer))) continue;
    signal?.throwIfAborted();
    checks.push(shape.length === 2 ? await checkMatrix(options, name, shape) : await checkVector(options, name, shape));
  }
  // A tied output is stored a second time.
  const embedding = sources.get('model.embed_tokens.weight');
  if (tiedEmbeddings && embedding !== undefined) {
    checks.push(await checkMatrix(options, 'lm_head.weight', embedding, 'model.embed_tokens.weight'));
  }
  return checks;
}

async function checkMatrix(
  { variant, recorded, published, weights, signal }: CheckSourceOptions,
  name: string,
  shape: readonly number[],
  publishedName = name,
): Promise<Check> {
  const [rows = 0, columns = 0] = shape;
  const [, begin = 0] = seededIndices(seed + rows + columns, 3, Math.max(1, rows - sampledRows));
  const end = Math.min(rows, begin + sampledRows);
  const tensor = published.tensor(publishedName, shape);
  const expected = await tensor.readRows(begin, end, { signal });
  const matrix = name.replace(/\.weight$/, '');
  const found = await weights.rows(matrix, columns, begin, end, name !== 'model.embed_tokens.weight');
  let error = 0;
  let norm = 0;
  for (const [row, values] of found.entries()) {
    for (let i = 0; i < columns; i++) {
      const value = expected[row * columns + i] as number;
      error += (value - (values[i] as number)) ** 2;
      norm += value ** 2;
    }
  }
  const sample = {
    tensor,
    begin,
    end,
    columns,
    precision: precisionOf(recorded, name),
    scaleType: recorded.activations,
  };
  const ownError = await errorOfSample(sample, signal);
  const limit = Math.max(leastError, neighbourhood * Math.max(ownError, recorded.relativeErrors[name] ?? 0));
  const compared = `rows ${begin} to ${end - 1} with the published ones, as the relative error of all of them`;
  const subject: CheckSubject = { kind: 'source', variant, subject: name, compared };
  return within(subject, norm === 0 ? Math.sqrt(error) : Math.sqrt(error / norm), limit);
}

function precisionOf({ embedding, linear, head }: RecordedVariant, name: string): Precision {
  if (name === 'model.embed_tokens.weight') return embedding;
  return name === 'lm_head.weight' ? head : linear;
}

interface Sample {
  readonly tensor: SourceTensor;
  readonly begin: number;
  readonly end: number;
  readonly columns: number;
  readonly precision: Precision;
  readonly scaleType: FloatType;
}

/** The relative error that the quantiser makes of these rows alone. */
async function errorOfSample(
  { tensor, begin, end, columns, precision, scaleType }: Sample,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (precision.kind === 'float32') return 0;
  const { name, type } = tensor;
  const bytes = await tensor.readStoredRows(begin, end, { signal });
  const { format } = precision;
  const request = { tensor: name, firstRow: begin, bytes, type, rows: end - begin, columns, format, scaleType };
  return relativeError([quantizeRows(request)]);
}

async function checkVector(
  { variant, recorded, published, weights, signal }: CheckSourceOptions,
  name: string,
  shape: readonly number[],
): Promise<Check> {
  const type: FloatType = recorded.activations;
  const values = await published.tensor(name, shape).read({ signal });
  const compared = `every value with the published one, rounded to ${type}`;
  const subject: CheckSubject = { kind: 'source', variant, subject: name, compared };
  return within(subject, largestDifference(await weights.vector(name), values.map(roundTo(type))), 0);
}

/** Fields that the exporter adds or that a phase puts right apart. */
export function checkConfig(
  published: Readonly<Record<string, unknown>>,
  revision: string | null,
  exported: Readonly<Record<string, unknown>>,
): Check {
  const expected: Record<string, unknown> = { ...overrideForPhase(published, revision).config };
  const subject: CheckSubject = {
    kind: 'source',
    variant: null,
    subject: 'config.json',
    compared: 'the published fields',
  };
  const added = 'transformers.js_config';
  for (const field of new Set([...Object.keys(expected), ...Object.keys(exported)])) {
    if (field === added || isDeepStrictEqual(expected[field], exported[field])) continue;
    const described = (value: unknown) => `${field}: ${JSON.stringify(value) ?? 'absent'}`;
    return failed(subject, described(expected[field]), described(exported[field]));
  }
  return passed(subject);
}
