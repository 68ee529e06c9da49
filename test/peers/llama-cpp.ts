/** llama.cpp over one GGUF file: ids in, the logits of every position out. Float32 cache, no fused attention, nothing sampled. */
import { largest } from '../parity/export/onnx-model.ts';
import { loadLlama, type Llama, type LlamaContext, type LlamaModel, type LlamaSequence } from './peer-packages.ts';

export class LlamaCpp {
  readonly #parts: { readonly llama: Llama; readonly model: LlamaModel; readonly context: LlamaContext };
  readonly #sequence: LlamaSequence;
  readonly #vocabularySize: number;

  private constructor(parts: { llama: Llama; model: LlamaModel; context: LlamaContext }, vocabularySize: number) {
    this.#parts = parts;
    this.#sequence = parts.context.getSequence();
    this.#vocabularySize = vocabularySize;
  }

  static async open(modelPath: string, vocabularySize: number): Promise<LlamaCpp> {
    const llama = await loadLlama();
    const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
    const context = await model.createContext({
      contextSize: 512,
      batchSize: 512,
      threads: 2,
      flashAttention: false,
      experimentalKvCacheKeyType: 'F32',
      experimentalKvCacheValueType: 'F32',
    });
    return new LlamaCpp({ llama, model, context }, vocabularySize);
  }

  /** Of a sequence from its start, row-major `[ids, vocabulary]`. */
  async logits(ids: readonly number[]): Promise<Float32Array> {
    await this.#sequence.clearHistory();
    return this.#next(ids);
  }

  /** The most likely continuation, whatever the tokens are. */
  async greedy(prompt: readonly number[], steps: number): Promise<number[]> {
    const answer: number[] = [];
    let logits = await this.logits(prompt);
    for (;;) {
      const id = largest(logits.subarray(-this.#vocabularySize));
      answer.push(id);
      if (answer.length === steps) return answer;
      logits = await this.#next([id]);
    }
  }

  async close(): Promise<void> {
    await this.#parts.context.dispose();
    await this.#parts.model.dispose();
    await this.#parts.llama.dispose();
  }

  async #next(ids: readonly number[]): Promise<Float32Array> {
    const asked = ids.map((id) => [id, { generateNext: { logits: true } }] as const);
    const found = await this.#sequence.controlledEvaluate(asked);
    const rows = new Float32Array(ids.length * this.#vocabularySize);
    for (let position = 0; position < ids.length; position++) {
      const row = found[position]?.next.logits;
      if (row?.size !== this.#vocabularySize) throw new Error(`llama.cpp gave ${row?.size ?? 'no'} logits.`);
      for (const [token, logit] of row) rows[position * this.#vocabularySize + token] = logit;
    }
    return rows;
  }
}
