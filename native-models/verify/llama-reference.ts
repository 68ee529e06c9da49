/**
 * One layer of a Llama in plain float64 over the weights as they are stored, at the first positions of a sequence. It shares the
 * configuration with the operators of the exporter and none of their code.
 */
import type { LlamaConfig } from '../architectures/llama-config.ts';
import { rotaryFrequencies } from '../operators/rotary-frequencies.ts';
import type { StoredWeights } from './stored-weights.ts';

export interface LayerOutputs {
  /** What attention adds to the residual stream, `[position][hiddenSize]`. */
  readonly attended: readonly Float64Array[];
  /** What the feed-forward block adds. */
  readonly added: readonly Float64Array[];
  /** `[position][keyValueHeads * headDimension]`, keys rotated; what an int8 cache gives back where there is one. */
  readonly keys: readonly Float64Array[];
  readonly values: readonly Float64Array[];
}

/** The scales of an int8 cache. */
export interface LayerCacheScales {
  readonly key: number;
  readonly value: number;
}

export class LlamaReference {
  readonly #config: LlamaConfig;
  readonly #weights: StoredWeights;

  constructor(config: LlamaConfig, weights: StoredWeights) {
    this.#config = config;
    this.#weights = weights;
  }

  async layer(layer: number, hidden: readonly Float64Array[], scales: LayerCacheScales | null): Promise<LayerOutputs> {
    const prefix = `model.layers.${layer}`;
    const { attentionBias, mlpBias } = this.#config;
    const normalised = await this.#normalise(`${prefix}.input_layernorm`, hidden);
    const project = (name: string) => this.#project(`${prefix}.self_attn.${name}`, normalised, attentionBias);
    const queries = (await project('q_proj')).map((vector, position) => this.#rotate(vector, position));
    const keys = throughCache(
      (await project('k_proj')).map((vector, position) => this.#rotate(vector, position)),
      scales?.key,
    );
    const values = throughCache(await project('v_proj'), scales?.value);
    const contexts = queries.map((query, position) =>
      this.#attend(query, keys.slice(0, position + 1), values.slice(0, position + 1)),
    );
    const attended = await this.#project(`${prefix}.self_attn.o_proj`, contexts, attentionBias);
    const stream = hidden.map((vector, position) => add(vector, attended[position] as Float64Array));
    const input = await this.#normalise(`${prefix}.post_attention_layernorm`, stream);
    const gates = await this.#project(`${prefix}.mlp.gate_proj`, input, mlpBias);
    const ups = await this.#project(`${prefix}.mlp.up_proj`, input, mlpBias);
    const products = gates.map((gate, position) =>
      gate.map((value, i) => (value / (1 + Math.exp(-value))) * ((ups[position] as Float64Array)[i] as number)),
    );
    return { attended, added: await this.#project(`${prefix}.mlp.down_proj`, products, mlpBias), keys, values };
  }

  /** The logits of every position. */
  async head(hidden: readonly Float64Array[]): Promise<readonly Float64Array[]> {
    return this.#project('lm_head', await this.#normalise('model.norm', hidden), false);
  }

  async #normalise(name: string, hidden: readonly Float64Array[]): Promise<Float64Array[]> {
    const weight = await this.#weights.vector(`${name}.weight`);
    return hidden.map((vector) => {
      const meanSquare = vector.reduce((sum, value) => sum + value * value, 0) / vector.length;
      const factor = 1 / Math.sqrt(meanSquare + this.#config.normalisationEpsilon);
      return vector.map((value, i) => value * factor * (weight[i] as number));
    });
  }

  async #project(name: string, inputs: readonly Float64Array[], biased: boolean): Promise<Float64Array[]> {
    const outputs = await this.#weights.multiply(name, inputs);
    if (!biased) return outputs;
    const bias = await this.#weights.vector(`${name}.bias`);
    return outputs.map((output) => add(output, bias));
  }

  /** Element i turns against element i + headDimension / 2 of its head. */
  #rotate(vector: Float64Array, position: number): Float64Array {
    const { headDimension: size, rotaryTheta, rotaryScaling } = this.#config;
    const frequencies = rotaryFrequencies(size, rotaryTheta, rotaryScaling);
    const rotated = new Float64Array(vector.length);
    for (let head = 0; head < vector.length; head += size) {
      for (let i = 0; i < size / 2; i++) {
        const angle = position * (frequencies[i] as number);
        const first = vector[head + i] as number;
        const second = vector[head + i + size / 2] as number;
        rotated[head + i] = first * Math.cos(angle) - second * Math.sin(angle);
        rotated[head + i + size / 2] = second * Math.cos(angle) + first * Math.sin(angle);
      }
    }
    return rotated;
  }

  #attend(query: Float64Array, keys: readonly Float64Array[], values: readonly Float64Array[]): Float64Array {
    const { heads, keyValueHeads, headDimension: size } = this.#config;
    const context = new Float64Array(heads * size);
    for (let head = 0; head < heads; head++) {
      const shared = Math.floor((head * keyValueHeads) / heads) * size;
      const scores = keys.map((key) => {
        let dot = 0;
        for (let i = 0; i < size; i++) dot += (query[head * size + i] as number) * (key[shared + i] as number);
        return dot / Math.sqrt(size);
      });
      const largest = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - largest));
      const sum = shares.reduce((total, share) => total + share, 0);
      for (const [position, value] of values.entries()) {
        const share = (shares[position] as number) / sum;
        for (let i = 0; i < size; i++) {
          context[head * size + i] = (context[head * size + i] as number) + share * (value[shared + i] as number);
        }
      }
    }
    return context;
  }
}

/** What comes back from an int8 cache: attention reads what it has just stored. */
function throughCache(vectors: readonly Float64Array[], scale: number | undefined): readonly Float64Array[] {
  if (scale === undefined) return vectors;
  return vectors.map((vector) =>
    vector.map((value) => scale * Math.max(-128, Math.min(127, Math.round(value / scale)))),
  );
}

function add(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + (b[i] as number));
}
