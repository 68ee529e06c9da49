import { describe, expect, it } from 'vitest';
import { parseLlamaConfig } from '../../../../native-models/architectures/llama-config.ts';
import { architectureOf } from '../../../../native-models/architectures/registry.ts';

const lucie = {
  model_type: 'llama',
  vocab_size: 65024,
  hidden_size: 4096,
  intermediate_size: 12288,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  hidden_act: 'silu',
  rms_norm_eps: 1e-5,
  rope_theta: 2e7,
  rope_scaling: null,
  max_position_embeddings: 32000,
  tie_word_embeddings: false,
  a_field_of_a_later_version: true,
};

describe('architectureOf', () => {
  it('knows a Llama and what its files must say', () => {
    const { modelType, shape } = architectureOf(lucie);
    expect(modelType).toBe('llama');
    expect(shape).toMatchObject({ layers: 32, heads: 32, keyValueHeads: 8, headDimension: 128, contextLength: 32000 });
  });

  it('refuses an unknown model type by name, and says which it knows', () => {
    expect(() => architectureOf({ ...lucie, model_type: 'nemotron_h' })).toThrow(
      expect.objectContaining({
        code: 'architecture.unknown',
        message: expect.stringContaining('"nemotron_h"') as string,
        details: { modelType: 'nemotron_h', known: ['llama'] },
      }),
    );
  });

  it('refuses Luciole by its name', () => {
    expect(() => architectureOf({ ...lucie, model_type: 'nemotron' })).toThrow(/Luciole .* cannot be exported yet/);
  });

  it.each([null, [], 'llama', {}, { model_type: 7 }])('refuses %j, which names no model type', (json) => {
    expect(() => architectureOf(json)).toThrow(expect.objectContaining({ code: 'config.invalid' }));
  });
});

describe('parseLlamaConfig', () => {
  it('fills in what older configurations leave out', () => {
    const { num_key_value_heads: _, rope_theta: __, ...older } = lucie;
    expect(parseLlamaConfig(older)).toMatchObject({ keyValueHeads: 32, rotaryTheta: 10_000, headDimension: 128 });
  });

  it.each([
    ['rope_scaling', { rope_type: 'yarn', factor: 8 }],
    ['hidden_act', 'gelu'],
    ['num_key_value_heads', 5],
    ['head_dim', 33],
  ])('refuses %s = %j, which cannot be exported yet', (field, value) => {
    expect(() => parseLlamaConfig({ ...lucie, [field]: value })).toThrow(
      expect.objectContaining({ code: 'config.unsupported', details: { field, value: JSON.stringify(value) } }),
    );
  });

  it.each([
    [{ type: 'linear', factor: 4 }, { kind: 'linear', factor: 4 }, 32_000],
    [{ rope_type: 'dynamic', factor: 2 }, { kind: 'dynamic', factor: 2, originalContext: 32_000 }, 64_000],
    [{ rope_type: 'default' }, { kind: 'none' }, 32_000],
  ])('understands the rotary scaling %j', (rope_scaling, rotaryScaling, contextLength) => {
    expect(parseLlamaConfig({ ...lucie, rope_scaling })).toMatchObject({ rotaryScaling, contextLength });
  });

  it('takes theta and scaling from the one object of newer configurations', () => {
    const { rope_theta: _, rope_scaling: __, ...newer } = lucie;
    const rope_parameters = { rope_type: 'linear', factor: 2, rope_theta: 2e7 };
    const expected = { rotaryTheta: 2e7, rotaryScaling: { kind: 'linear', factor: 2 } };
    expect(parseLlamaConfig({ ...newer, rope_parameters })).toMatchObject(expected);
  });

  it('names the number that a rotary scaling lacks', () => {
    expect(() => parseLlamaConfig({ ...lucie, rope_scaling: { rope_type: 'llama3', factor: 8 } })).toThrow(
      expect.objectContaining({ code: 'config.invalid', details: { fields: ['rope_scaling.low_freq_factor'] } }),
    );
  });

  it.each([
    ['vocab_size', 0],
    ['hidden_size', '4096'],
    ['num_hidden_layers', 1.5],
    ['rms_norm_eps', -1],
    ['max_position_embeddings', undefined],
  ])('refuses %s = %j, which no configuration says', (field, value) => {
    expect(() => parseLlamaConfig({ ...lucie, [field]: value })).toThrow(
      expect.objectContaining({ code: 'config.invalid', details: { fields: [field] } }),
    );
  });
});
