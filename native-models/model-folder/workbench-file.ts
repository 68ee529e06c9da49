/**
 * workbench.json: where a model folder comes from and what was done to it, with the hashes that let anyone check. It holds no
 * date and no path, so that the same source gives the same bytes.
 */
import { exporterName, exporterVersion } from '../exporter-version.ts';
import type { WrittenFile } from '../files/atomic-file.ts';
import type { Precision } from '../operators/model-build.ts';
import { bitsPerWeight } from '../quantize/block-format.ts';
import type { MatrixMeasurement } from '../quantize/quantized-group.ts';
import type { Variant } from '../variants.ts';

/** Where the weights were published, as far as whoever asks for the export knows it. */
export interface SourceOrigin {
  readonly repository: string;
  readonly revision: string;
}

export type FileRecords = Readonly<Record<string, WrittenFile>>;

export interface WrittenVariant {
  readonly variant: Variant;
  readonly measurements: readonly MatrixMeasurement[];
}

export interface WorkbenchFileOptions {
  readonly origin: SourceOrigin | null;
  readonly sourceFiles: FileRecords;
  readonly variants: readonly WrittenVariant[];
  readonly files: FileRecords;
}

export function workbenchFile({ origin, sourceFiles, variants, files }: WorkbenchFileOptions): Record<string, unknown> {
  return {
    formatVersion: 1,
    exporter: { name: exporterName, version: exporterVersion },
    source: { origin, files: sourceFiles },
    variants: Object.fromEntries(variants.map((written) => [written.variant.name, describeVariant(written)])),
    files,
  };
}

function describeVariant({ variant, measurements }: WrittenVariant): Record<string, unknown> {
  const { embedding, linear, head } = variant.precisions;
  return {
    file: `onnx/${variant.fileName}`,
    activations: 'float32',
    keyValueCache: 'float32',
    embedding: describeEmbedding(embedding),
    linear: describePrecision(linear),
    head: describePrecision(head),
    relativeErrors: Object.fromEntries(
      measurements.map(({ name, relativeError }) => [name, Number(relativeError.toFixed(6))]),
    ),
  };
}

/** An embedding is looked up, not multiplied: it has no accuracy level. */
function describeEmbedding(precision: Precision): Record<string, unknown> {
  if (precision.kind === 'float32') return { bits: 32 };
  return { ...precision.format, bitsPerWeight: bitsPerWeight(precision.format) };
}

function describePrecision(precision: Precision): Record<string, unknown> {
  const described = describeEmbedding(precision);
  return precision.kind === 'float32' ? described : { ...described, accuracyLevel: precision.accuracyLevel };
}
