import { describe, expect, it } from 'vitest';
import { planMemory, requireFits } from '../../../../main/engine/devices/memory-plan.ts';
import type { ModelConfig } from '../../../../main/engine/model-config.ts';

/** Lucie-7B, and int4 weights of it by hand: 4 bits and a float32 scale for 128 of 6.7 thousand million weights. */
const config: ModelConfig = {
  vocabularySize: 65_024,
  hiddenSize: 4_096,
  intermediateSize: 12_288,
  layers: 32,
  heads: 32,
  kvHeads: 8,
  headDim: 128,
  contextLength: 4_096,
  tiedEmbeddings: false,
  endIds: [2],
};
const byteLength = 3_600_000_000;
const plan = (name: string, availableBytes: number | null) => planMemory({ name, byteLength }, config, availableBytes);

describe('planMemory', () => {
  it('reckons the cache by the element type that the name says', () => {
    const positions = 2 * 32 * 8 * 128;
    expect(plan('onnx/model_q4.onnx', null).cacheBytesPerToken).toBe(positions * 4);
    expect(plan('onnx/model_q4f16.onnx', null).cacheBytesPerToken).toBe(positions * 2);
    expect(plan('onnx/model_q4_kv8.onnx', null).cacheBytesPerToken).toBe(positions);
  });

  it('gives what is left beside weights and scratch to the context', () => {
    const { scratchBytes, cacheBytesPerToken } = plan('onnx/model_q4.onnx', null);
    expect(scratchBytes).toBeGreaterThan(100e6);
    expect(scratchBytes).toBeLessThan(300e6);
    const room = byteLength + scratchBytes;
    expect(plan('onnx/model_q4.onnx', room + 1_000 * cacheBytesPerToken).contextThatFits).toBe(1_000);
    expect(plan('onnx/model_q4.onnx', room + 1_001 * cacheBytesPerToken - 1).contextThatFits).toBe(1_000);
    expect(plan('onnx/model_q4.onnx', 64e9).contextThatFits).toBe(4_096);
    expect(plan('onnx/model_q4.onnx', 1e9).contextThatFits).toBe(0);
  });

  it('takes an unknown amount of memory for enough', () => {
    expect(plan('onnx/model_q4.onnx', null)).toMatchObject({ availableBytes: null, contextThatFits: 4_096 });
  });
});

describe('requireFits', () => {
  const { scratchBytes, cacheBytesPerToken } = plan('onnx/model_q4.onnx', null);
  const needed = byteLength + scratchBytes + 256 * cacheBytesPerToken;

  it('refuses what leaves no room for 256 tokens, with both numbers', () => {
    expect(() => requireFits(plan('onnx/model_q4.onnx', needed), config)).not.toThrow();
    expect(() => requireFits(plan('onnx/model_q4.onnx', needed - 1), config)).toThrow(
      expect.objectContaining({
        code: 'MEMORY_INSUFFICIENT',
        details: { neededBytes: needed, availableBytes: needed - 1 },
      }),
    );
  });

  it('asks for no more than a short context is long', () => {
    const short = { ...config, contextLength: 64 };
    const available = byteLength + scratchBytes + 64 * cacheBytesPerToken;
    expect(() =>
      requireFits(planMemory({ name: 'onnx/model_q4.onnx', byteLength }, short, available), short),
    ).not.toThrow();
  });
});
