/**
 * One kind of work, over and over, in a process of its own: `leak-child.ts KIND CYCLES`. Prints the resident memory in bytes after
 * the warm-up and after each tenth of the cycles, as a JSON array.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { embedded } from '../../fixtures/workbench.ts';

const warmUpCycles = 10;
const folder = embedded.modelFolder;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Each returns one cycle of its work. */
const kinds: Record<string, () => Promise<() => Promise<void>>> = {
  'plain-load': () => {
    const path = join(folder, 'onnx/model_q4.onnx');
    return Promise.resolve(async () => {
      const session = await InferenceSession.create(path, { executionProviders: ['cpu'], intraOpNumThreads: 2 });
      await session.release();
    });
  },
  'engine-load': () => {
    const engine = new Engine();
    return Promise.resolve(async () => {
      await engine.load(folder, 'cpu');
      await engine.unload();
    });
  },
  /** A prompt of 64 tokens and 16 single steps, with the cache fed back as it comes. */
  'plain-generation': async () => {
    const session = await InferenceSession.create(join(folder, 'onnx/model_q4.onnx'), {
      executionProviders: ['cpu'],
      intraOpNumThreads: 2,
    });
    const pastNames = session.inputNames.filter((name) => name.startsWith('past_key_values'));
    const int64 = (values: number[], dims: number[]) => new Tensor('int64', BigInt64Array.from(values, BigInt), dims);
    return async () => {
      let past: Record<string, Tensor> = Object.fromEntries(
        pastNames.map((name) => [name, new Tensor('float32', new Float32Array(0), [1, 2, 0, 32])]),
      );
      let ids = Array.from({ length: 64 }, (_, i) => 300 + i);
      for (let step = 0, length = ids.length; step < 17; step++, length++) {
        const outputs = await session.run({
          input_ids: int64(ids, [1, ids.length]),
          attention_mask: int64(new Array<number>(length).fill(1), [1, length]),
          num_logits_to_keep: int64([1], []),
          ...past,
        });
        past = Object.fromEntries(
          pastNames.map((name) => [name, outputs[name.replace('past_key_values', 'present')] as Tensor]),
        );
        ids = [400 + step];
      }
    };
  },
  /** Prompts that begin differently, so that caches are made and evicted. */
  'engine-generation': async () => {
    const engine = new Engine();
    await engine.load(folder, 'cpu');
    let count = 0;
    return async () => {
      const promptIds = [1, ...Array.from({ length: 63 }, (_, i) => 300 + ((count * 7 + i * 13) % 5_000))];
      const sampling = { ...defaultSampling, seed: count, maxTokens: 16 };
      for await (const event of await engine.generate({ generationId: `g${count++}`, promptIds, sampling })) {
        if (event.type === 'end' && event.statistics.generatedTokens > 16) throw new Error('More than was asked for.');
      }
    };
  },
};

const [kind = '', cycles = ''] = process.argv.slice(2);
const begin = kinds[kind];
if (begin === undefined) throw new Error(`There is no kind ${kind}.`);
const cycle = await begin();
const samples: number[] = [];
const sample = () => {
  collectGarbage();
  samples.push(process.memoryUsage.rss());
};
for (let i = 0; i < warmUpCycles; i++) await cycle();
sample();
const stride = Number(cycles) / 10;
for (let i = 1; i <= Number(cycles); i++) {
  await cycle();
  if (i % stride === 0) sample();
}
process.stdout.write(JSON.stringify(samples));
process.exit(0);
