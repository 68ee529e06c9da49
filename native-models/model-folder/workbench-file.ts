/**
 * workbench.json: where a model folder comes from and what was done to it, with the hashes that let anyone check. It holds no
 * date and no path, so that the same source gives the same bytes.
 */
import { int8CacheName, type Int8Cache } from '../calibrate/add-int8-cache.ts';
import type { ConfigOverride } from '../architectures/phase-override.ts';
import { exporterName, exporterVersion } from '../exporter-version.ts';
import type { WrittenFile } from '../files/atomic-file.ts';
import type { FloatType } from '../onnx/float-type.ts';
import type { Precision } from '../operators/model-build.ts';
import { bitsPerWeight } from '../quantize/block-format.ts';
import type { MatrixMeasurement } from '../quantize/quantized-group.ts';
import type { Variant } from '../variants.ts';

/** Where the weights were published, as far as whoever asks for the export knows it. */
export interface SourceOrigin {
  readonly repository: string;
  readonly revision: string;
}

export interface SourceRecord {
  readonly byteLength: number;
  /** Lower-case hexadecimal; `null` for a remote file whose server publishes none. */
  readonly sha256: string | null;
}

export type FileRecords = Readonly<Record<string, WrittenFile>>;

export interface WrittenVariant {
  readonly variant: Variant;
  readonly measurements: readonly MatrixMeasurement[];
}

export interface WorkbenchFileOptions {
  readonly origin: SourceOrigin | null;
  /** The name of the revision, where one was given. */
  readonly revision: string | null;
  readonly overrides: readonly ConfigOverride[];
  readonly ignoredTensors: readonly string[];
  /** The tensors of the source in its order, which is that of the data files: it lets anyone compute where each lies. */
  readonly tensorOrder: readonly string[];
  readonly sourceFiles: Readonly<Record<string, SourceRecord>>;
  readonly variants: readonly WrittenVariant[];
  /** Of the graph over the weights of `q4`, where one was made. */
  readonly int8Cache?: Int8Cache | null;
  readonly files: FileRecords;
}

export function workbenchFile(options: WorkbenchFileOptions): Record<string, unknown> {
  const {
    origin,
    revision,
    overrides,
    ignoredTensors,
    tensorOrder,
    sourceFiles,
    variants,
    int8Cache = null,
    files,
  } = options;
  const described = Object.fromEntries(variants.map((written) => [written.variant.name, describeVariant(written)]));
  return {
    formatVersion: 1,
    exporter: { name: exporterName, version: exporterVersion },
    source: {
      origin,
      ...(revision === null ? {} : { revision }),
      files: sourceFiles,
      ...(overrides.length === 0 ? {} : { overrides }),
      ...(ignoredTensors.length === 0 ? {} : { ignoredTensors }),
      tensorOrder,
    },
    variants:
      int8Cache === null
        ? described
        : { ...described, q4_kv8: { ...described['q4'], ...describeInt8Cache(int8Cache) } },
    files,
  };
}

function describeVariant({ variant, measurements }: WrittenVariant): Record<string, unknown> {
  const { floatType } = variant;
  const { embedding, linear, head } = variant.precisions;
  return {
    file: `onnx/${variant.fileName}`,
    activations: floatType,
    keyValueCache: floatType,
    embedding: describeEmbedding(embedding, floatType),
    linear: describePrecision(linear, floatType),
    head: describePrecision(head, floatType),
    relativeErrors: Object.fromEntries(
      measurements.map(({ name, relativeError }) => [name, Number(relativeError.toFixed(6))]),
    ),
  };
}

function describeInt8Cache({ tokens, scales }: Int8Cache): Record<string, unknown> {
  return {
    file: int8CacheName,
    keyValueCache: 'int8',
    calibration: { tokens, scales: Object.fromEntries(scales) },
  };
}

/** An embedding is looked up, not multiplied: it has no accuracy level. */
function describeEmbedding(precision: Precision, floatType: FloatType): Record<string, unknown> {
  if (precision.kind === 'float32') return { bits: 32 };
  return { ...precision.format, bitsPerWeight: bitsPerWeight(precision.format, floatType) };
}

function describePrecision(precision: Precision, floatType: FloatType): Record<string, unknown> {
  const described = describeEmbedding(precision, floatType);
  return precision.kind === 'float32' ? described : { ...described, accuracyLevel: precision.accuracyLevel };
}
