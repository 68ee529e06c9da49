/** transformers.js on onnxruntime-node, over our `model_q4.onnx`, its cache kept in a `DynamicCache` as its documentation says. */
import { loadTransformers, type CausalModel, type DynamicCache } from '../../peers/peer-packages.ts';
import type { Runtime, RuntimeSetup } from './runtime.ts';

export class TransformersRuntime implements Runtime {
  readonly #transformers = loadTransformers();
  #model: CausalModel | null = null;
  #cache: DynamicCache = new this.#transformers.DynamicCache();

  async load({ modelPath, threads }: RuntimeSetup): Promise<void> {
    const session_options = { intraOpNumThreads: threads };
    const options = { dtype: 'q4', device: 'cpu', session_options };
    this.#model = await this.#transformers.AutoModelForCausalLM.from_pretrained(modelPath, options);
    await this.generate([1, 2], 1, () => undefined);
    await this.forget();
  }

  forget(): Promise<void> {
    this.#cache = new this.#transformers.DynamicCache();
    return Promise.resolve();
  }

  async generate(ids: readonly number[], steps: number, onToken: (id: number) => void): Promise<void> {
    if (this.#model === null) throw new Error('No model is loaded.');
    const { Tensor } = this.#transformers;
    let put = -1;
    const streamer = {
      // The first call brings the prompt.
      put: (ids: readonly (readonly bigint[])[]) => {
        if (++put > 0) onToken(Number(ids[0]?.[0]));
      },
      end: () => undefined,
    };
    await this.#model.generate({
      inputs: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      // Without a mask as long as the ids, a cache that holds their beginning is continued with all of them.
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
      past_key_values: this.#cache,
      max_new_tokens: steps,
      do_sample: false,
      streamer,
    });
    if (put !== steps) throw new Error(`transformers.js gave ${put} tokens, not ${steps}.`);
  }
}
