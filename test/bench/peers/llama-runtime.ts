/** llama.cpp through node-llama-cpp, with its defaults: memory-mapped weights, flash attention as it chooses, float16 cache. */
import { loadLlama, type LlamaSequence } from '../../peers/peer-packages.ts';
import type { Runtime, RuntimeSetup } from './runtime.ts';

export class LlamaRuntime implements Runtime {
  #sequence: LlamaSequence | null = null;

  async load({ modelPath, threads, contextSize }: RuntimeSetup): Promise<void> {
    const llama = await loadLlama();
    const model = await llama.loadModel({ modelPath, gpuLayers: 0, useMmap: true });
    const context = await model.createContext({ contextSize, threads: { ideal: threads, min: threads } });
    this.#sequence = context.getSequence();
    // Our engine and ONNX Runtime have run the model once when they are loaded; mapped weights are read at the first run.
    await this.generate([1, 2], 1, () => undefined);
    await this.forget();
  }

  async forget(): Promise<void> {
    await this.#loaded().clearHistory();
  }

  async generate(ids: readonly number[], steps: number, onToken: (id: number) => void): Promise<void> {
    const sequence = this.#loaded();
    let left = steps;
    const options = { temperature: 0, yieldEogToken: true };
    for await (const id of sequence.evaluate(ids.slice(sequence.nextTokenIndex), options)) {
      onToken(id);
      if (--left === 0) return;
    }
    throw new Error(`llama.cpp ended ${left} tokens early.`);
  }

  #loaded(): LlamaSequence {
    if (this.#sequence === null) throw new Error('No model is loaded.');
    return this.#sequence;
  }
}
