/**
 * The cosines and sines of rotary position embedding (Su et al., 2021, https://arxiv.org/abs/2104.09864) for every position:
 * angle(p, i) = p * frequency(i), i < headDimension / 2 (`rotary-frequencies.ts`). Computed in float64, stored in float32. Published
 * checkpoints carry the inverse frequencies too (`rotary_emb.inv_freq`); they follow from the configuration and are ignored.
 */
import type { GraphBuilder, ValueName } from '../onnx/graph-builder.ts';
import { dynamicTheta, rotaryFrequencies, type RotaryScaling } from './rotary-frequencies.ts';

export interface RotaryCacheOptions {
  readonly positions: number;
  readonly headDimension: number;
  readonly theta: number;
  readonly scaling?: RotaryScaling;
}

export interface RotaryCache {
  /** `[positions, headDimension / 2]` */
  readonly cosines: ValueName;
  /** `[positions, headDimension / 2]` */
  readonly sines: ValueName;
}

export function rotaryCache(graph: GraphBuilder, options: RotaryCacheOptions): RotaryCache {
  const shape = [options.positions, options.headDimension / 2];
  const cache: RotaryCache = { cosines: 'cos_cache', sines: 'sin_cache' };
  graph.weights({
    tensors: [
      { name: cache.cosines, type: 'float32', shape },
      { name: cache.sines, type: 'float32', shape },
    ],
    source: null,
    async *produce() {
      const { cosines, sines } = rotaryTables(options);
      yield { tensor: 0, bytes: new Uint8Array(cosines.buffer) };
      yield { tensor: 1, bytes: new Uint8Array(sines.buffer) };
    },
  });
  return cache;
}

export function rotaryTables({ positions, headDimension, theta, scaling = { kind: 'none' } }: RotaryCacheOptions): {
  readonly cosines: Float32Array<ArrayBuffer>;
  readonly sines: Float32Array<ArrayBuffer>;
} {
  const half = headDimension / 2;
  const cosines = new Float32Array(positions * half);
  const sines = new Float32Array(positions * half);
  const fill = (position: number, frequencies: Float64Array) => {
    for (let i = 0; i < half; i++) {
      const angle = position * (frequencies[i] as number);
      cosines[position * half + i] = Math.cos(angle);
      sines[position * half + i] = Math.sin(angle);
    }
  };
  const frequencies = rotaryFrequencies(headDimension, theta, scaling);
  for (let position = 0; position < positions; position++) {
    const beyond = scaling.kind === 'dynamic' && position >= scaling.originalContext;
    const own = beyond ? dynamicTheta(headDimension, theta, scaling, position + 1) : theta;
    fill(position, beyond ? rotaryFrequencies(headDimension, own, { kind: 'none' }) : frequencies);
  }
  return { cosines, sines };
}
