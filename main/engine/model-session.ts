/**
 * One session of ONNX Runtime over a graph of the contract, and its one kind of run.
 *
 * onnxruntime-node 1.30 copies every output that was asked for into a new buffer, also one that was written in place: at every token
 * the whole cache, for a long conversation gigabytes of garbage. It has no way to be told not to. But it converts outputs in
 * order, after all is computed, and stops at the first that it cannot hand over, which a sequence is. So the graph gets one in front,
 * in memory, and all that is wanted is given as tensors of ours: such a run computes everything, writes everything in place, and ends
 * with that one error instead of with copies. What it
 * saves is in docs/performance.md (`npm run bench -- copies`). It is used only on the CPU, only with graphs whose weights lie beside them, and only once a
 * run at loading has shown that it gives the bits that a plain run gives (`LanguageModel`).
 */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { withSequenceOutput } from '../../native-models/graphs.ts';
import type { Device } from '../contract/devices.ts';
import type { ModelFile } from './model-files.ts';

/** The output that cannot be handed over. */
const marker = 'all_written';
const refusal = /non tensor type/i;
/** A graph that carries its weights is opened from its file: a copy of it in memory would be as large. */
const largestGraph = 64 << 20;

/** What a model computes on. */
export interface Computing {
  device: Device;
  /** Of the processor, for what runs there. */
  threads: number;
}

/** Inputs and outputs by name; those of the cache are the same tensors. */
export interface RunTensors {
  inputs: Record<string, Tensor>;
  present: Record<string, Tensor>;
  /** `[1, kept, vocabulary]` */
  logitsShape: readonly [number, number, number];
}

export class ModelSession {
  readonly #session: InferenceSession;
  readonly #hasMarker: boolean;
  /** Whether runs write in place and copy nothing. Off until it was seen to work. */
  copiesNothing = false;

  /** Preferred output locations are left alone: with them tensors that are given for outputs are ignored. */
  static async open(file: ModelFile, { device, threads }: Computing): Promise<ModelSession> {
    const options = { executionProviders: [device], intraOpNumThreads: threads, interOpNumThreads: 1 };
    const isMarked = device === 'cpu' && file.dataPaths.length > 0 && file.graphBytes <= largestGraph;
    if (!isMarked) return new ModelSession(await InferenceSession.create(file.path, options), false);
    const graph = withSequenceOutput(await readFile(file.path), marker, 'num_logits_to_keep');
    const extra = { session: { model_external_initializers_file_folder_path: dirname(file.path) } };
    return new ModelSession(await InferenceSession.create(graph, { ...options, extra }), true);
  }

  private constructor(session: InferenceSession, hasMarker: boolean) {
    this.#session = session;
    this.#hasMarker = hasMarker;
  }

  get canCopyNothing(): boolean {
    return this.#hasMarker;
  }

  get inputMetadata(): readonly InferenceSession.ValueMetadata[] {
    return this.#session.inputMetadata;
  }

  get outputMetadata(): readonly InferenceSession.ValueMetadata[] {
    return this.#session.outputMetadata.filter(({ name }) => name !== marker);
  }

  /** Returns the logits; keys and values are written into `present`. */
  async run({ inputs, present, logitsShape }: RunTensors): Promise<Tensor> {
    if (!this.copiesNothing) {
      const { logits } = await this.#session.run(inputs, { logits: null, ...present });
      return logits as Tensor;
    }
    const size = logitsShape.reduce((product, length) => product * length, 1);
    const logits = new Tensor('float32', new Float32Array(size), logitsShape);
    try {
      await this.#session.run(inputs, { [marker]: null, logits, ...present });
    } catch (error) {
      if (error instanceof Error && refusal.test(error.message)) return logits;
      throw error;
    }
    throw new Error('ONNX Runtime handed over a sequence: what was written in place was copied too.');
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
