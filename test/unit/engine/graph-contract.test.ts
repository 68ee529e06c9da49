import type { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../../main/engine/graph-contract.ts';
import type { CacheType } from '../../../main/engine/cache-storage.ts';
import type { ModelConfig } from '../../../main/engine/model-config.ts';

const config: ModelConfig = {
  vocabularySize: 100,
  hiddenSize: 64,
  intermediateSize: 128,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 16,
  contextLength: 32,
  tiedEmbeddings: false,
  endIds: [1],
};

type Shapes = Record<string, [type: string, ...shape: (number | string)[]]>;

const metadata = (shapes: Shapes): InferenceSession.ValueMetadata[] =>
  Object.entries(shapes).map(([name, [type, ...shape]]) => ({ name, isTensor: true, type: type as 'float32', shape }));

function check(inputs: Shapes, outputs: Shapes, changes: { inputs?: Shapes; outputs?: Shapes } = {}): CacheType {
  return checkGraph(
    'onnx/model.onnx',
    {
      inputMetadata: metadata({ ...inputs, ...changes.inputs }),
      outputMetadata: metadata({ ...outputs, ...changes.outputs }),
    },
    config,
  );
}

describe('checkGraph', () => {
  const inputs: Shapes = {
    input_ids: ['int64', 'batch', 'sequence'],
    attention_mask: ['int64', 'batch', 'total'],
    num_logits_to_keep: ['int64'],
  };
  const outputs: Shapes = { logits: ['float32', 'batch', 'kept', 100] };
  for (const part of ['0.key', '0.value', '1.key', '1.value']) {
    inputs[`past_key_values.${part}`] = ['float32', 'batch', 2, 'past', 16];
    outputs[`present.${part}`] = ['float32', 'batch', 2, 'total', 16];
  }

  it('accepts the graph contract', () => {
    expect(check(inputs, outputs)).toBe('float32');
  });

  it('accepts an int8 cache, where all of it is int8', () => {
    const quantised = (shapes: Shapes): Shapes =>
      Object.fromEntries(
        Object.entries(shapes).map(([name, [type, ...shape]]) => [
          name,
          [/^(past_key_values|present)/.test(name) ? 'int8' : type, ...shape],
        ]),
      );
    expect(check(quantised(inputs), quantised(outputs))).toBe('int8');
    expect(() => check(quantised(inputs), outputs)).toThrow(/output present.0.key is float32 .* expected int8/);
    expect(() =>
      check({ ...quantised(inputs), ...{ 'past_key_values.1.value': ['float32', 1, 2, 'p', 16] } }, outputs),
    ).toThrow(/input past_key_values.1.value is float32 .* expected int8/);
  });

  it.each<[string, { inputs?: Shapes; outputs?: Shapes }, string, string, string]>([
    [
      'another vocabulary',
      { outputs: { logits: ['float32', 1, 1, 99] } },
      'output logits',
      'float32 [1, 1, 99]',
      'float32 [any, any, 100]',
    ],
    [
      'half-precision cache',
      { inputs: { 'past_key_values.1.key': ['float16', 1, 2, 'p', 16] } },
      'input past_key_values.1.key',
      'float16 [1, 2, p, 16]',
      'float32 [any, 2, any, 16]',
    ],
    [
      'more heads',
      { outputs: { 'present.0.value': ['float32', 1, 4, 't', 16] } },
      'output present.0.value',
      'float32 [1, 4, t, 16]',
      'float32 [any, 2, any, 16]',
    ],
    [
      'more layers',
      { inputs: { 'past_key_values.2.key': ['float32', 1, 2, 'p', 16] } },
      'input past_key_values.2.key',
      'present',
      'absent',
    ],
    ['an unknown input', { inputs: { position_ids: ['int64', 1, 's'] } }, 'input position_ids', 'present', 'absent'],
  ])('refuses %s', (_name, changes, value, actual, expected) => {
    expect(() => check(inputs, outputs, changes)).toThrow(
      expect.objectContaining({
        code: 'MODEL_SHAPE_MISMATCH',
        details: { file: 'onnx/model.onnx', value, actual, expected },
      }),
    );
  });

  it('refuses a missing input', () => {
    const { attention_mask: _, ...rest } = inputs;
    expect(() => check(rest, outputs)).toThrow(/input attention_mask is absent, expected int64 \[any, any\]/);
  });
});
