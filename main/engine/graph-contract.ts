/**
 * Holds a graph against config.json: names, element types and every fixed dimension of its inputs and outputs (DESIGN.md,
 * "Graph contract"). What the metadata leaves open is seen at the first run.
 */
import type { InferenceSession } from 'onnxruntime-node';
import { WorkbenchError } from '../contract/errors.ts';
import type { CacheType } from './cache-storage.ts';
import { cacheNames } from './kv-cache.ts';
import type { ModelConfig } from './model-config.ts';

/** `null` is a dimension of any size. */
interface Expected {
  type: string;
  shape: (number | null)[];
}

type Metadata = InferenceSession.ValueMetadata;

/**
 * Returns the element type of the KV cache: one for all of it.
 * @throws WorkbenchError `MODEL_SHAPE_MISMATCH` naming the first value that differs, as it is and as it should be.
 */
export function checkGraph(
  file: string,
  session: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>,
  config: ModelConfig,
): CacheType {
  const names = cacheNames(config.layers);
  const type = cacheTypeOf(session.inputMetadata, names[0]?.past);
  const cache: Expected = { type, shape: [null, config.kvHeads, null, config.headDim] };
  checkAll(file, 'input', session.inputMetadata, {
    input_ids: { type: 'int64', shape: [null, null] },
    attention_mask: { type: 'int64', shape: [null, null] },
    num_logits_to_keep: { type: 'int64', shape: [] },
    ...Object.fromEntries(names.map(({ past }) => [past, cache])),
  });
  checkAll(file, 'output', session.outputMetadata, {
    logits: { type: 'float32', shape: [null, null, config.vocabularySize] },
    ...Object.fromEntries(names.map(({ present }) => [present, cache])),
  });
  return type;
}

/** As the first past input has it; anything unknown is held against float32. */
function cacheTypeOf(inputs: readonly Metadata[], firstPast: string | undefined): CacheType {
  const first = inputs.find(({ name }) => name === firstPast);
  const type = first?.isTensor === true ? first.type : null;
  return type === 'int8' || type === 'float16' ? type : 'float32';
}

export function shapeMismatch(file: string, value: string, actual: string, expected: string): WorkbenchError {
  return new WorkbenchError(
    'MODEL_SHAPE_MISMATCH',
    `${file} does not fit its config.json: ${value} is ${actual}, expected ${expected}.`,
    {
      action: 'The ONNX file and config.json come from different models or exporters: export or download both again.',
      details: { file, value, actual, expected },
    },
  );
}

function checkAll(
  file: string,
  side: 'input' | 'output',
  found: readonly Metadata[],
  expected: Record<string, Expected>,
): void {
  for (const [name, wanted] of Object.entries(expected)) {
    const value = found.find((metadata) => metadata.name === name);
    if (value === undefined)
      throw shapeMismatch(file, `${side} ${name}`, 'absent', describe(wanted.type, wanted.shape));
    if (!value.isTensor) throw shapeMismatch(file, `${side} ${name}`, 'no tensor', describe(wanted.type, wanted.shape));
    if (!fits(value.type, value.shape, wanted)) {
      throw shapeMismatch(
        file,
        `${side} ${name}`,
        describe(value.type, value.shape),
        describe(wanted.type, wanted.shape),
      );
    }
  }
  for (const { name } of found)
    if (!(name in expected)) throw shapeMismatch(file, `${side} ${name}`, 'present', 'absent');
}

function fits(type: string, shape: readonly (number | string)[], wanted: Expected): boolean {
  const isFree = (size: number | string | null | undefined): boolean => typeof size !== 'number';
  return (
    type === wanted.type &&
    shape.length === wanted.shape.length &&
    shape.every((size, i) => isFree(size) || isFree(wanted.shape[i]) || size === wanted.shape[i])
  );
}

function describe(type: string, shape: readonly (number | string | null)[]): string {
  return `${type} [${shape.map((size) => size ?? 'any').join(', ')}]`;
}
