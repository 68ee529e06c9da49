/**
 * Runs an exported model with float32 activations over texts and notes what quantisation needs to know of them: how large keys
 * and values become in each layer, and how strongly each input channel of each matrix is driven.
 */
import { rm, writeFile } from 'node:fs/promises';
import { toBinary } from '@bufbuild/protobuf';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ExportError } from '../export-error.ts';
import { readGraph } from '../onnx/read-graph.ts';
import { ModelProtoSchema } from '../onnx/schema/onnx_pb.ts';
import { addInputMoments } from './moments-graph.ts';

export interface CalibrationOptions {
  /** An exported graph with its data beside it, for instance `onnx/model_q4.onnx`; a temporary graph is written beside both. */
  readonly modelPath: string;
  /** Token ids; each sequence is one run, so its length bounds the memory. */
  readonly sequences: readonly (readonly number[])[];
  /** Measuring the inputs of the matrices needs another graph and more time; an int8 cache does without. Done unless refused. */
  readonly inputMoments?: boolean | undefined;
  /** Heard between sequences. */
  readonly signal?: AbortSignal | undefined;
  /** After each sequence. */
  readonly onTokens?: ((done: number, total: number) => void) | undefined;
}

export interface Calibration {
  readonly tokens: number;
  /** The largest magnitude of each layer's keys and values, by the output's name: `present.N.key` or `present.N.value`. */
  readonly largestCached: ReadonlyMap<string, number>;
  /** The mean square of each input channel, by the published name of the weight; empty where they were not asked for. */
  readonly inputMoments: InputMoments;
}

export type InputMoments = ReadonlyMap<string, Float32Array>;

const pastInput = /^past_key_values\.\d+\.(key|value)$/;
const presentOutput = /^present\.\d+\.(key|value)$/;

/** Throws `request.invalid` without tokens or for a graph whose cache is not float32, `source.missing`, `graph.invalid`. */
export async function calibrate(options: CalibrationOptions): Promise<Calibration> {
  const { modelPath, signal, onTokens } = options;
  const sequences = options.sequences.filter((ids) => ids.length > 0);
  const total = sequences.reduce((sum, ids) => sum + ids.length, 0);
  if (total === 0) throw invalid('There is no text to calibrate with.', 'Give at least one sequence of token ids.');
  const withMoments = options.inputMoments ?? true;
  const path = withMoments ? `${modelPath}.${process.pid}.calibration` : modelPath;
  const momentOutputs = withMoments ? await writeMomentsGraph(modelPath, path) : new Map<string, string>();
  const largestCached = new Map<string, number>();
  const sums = new Map<string, Float64Array>();
  let session: InferenceSession | null = null;
  try {
    session = await InferenceSession.create(path);
    let done = 0;
    for (const ids of sequences) {
      signal?.throwIfAborted();
      for (const [name, value] of Object.entries(await session.run(feeds(session, ids, withMoments)))) {
        if (presentOutput.test(name)) {
          largestCached.set(name, largestMagnitude(value.data as Float32Array, largestCached.get(name)));
        } else if (name !== 'logits') addTo(sums, name, value.data as Float32Array);
      }
      done += ids.length;
      onTokens?.(done, total);
    }
  } finally {
    await session?.release();
    if (withMoments) await rm(path, { force: true });
  }
  const inputMoments = new Map<string, Float32Array>();
  for (const [weight, output] of momentOutputs) {
    inputMoments.set(
      weight,
      Float32Array.from(sums.get(output) ?? [], (sum) => sum / total),
    );
  }
  return { tokens: total, largestCached, inputMoments };
}

/** The same weights with the moments as outputs. Returns the output of each weight. */
async function writeMomentsGraph(modelPath: string, path: string): Promise<ReadonlyMap<string, string>> {
  const { model, graph } = await readGraph(modelPath);
  const outputs = addInputMoments(graph);
  await writeFile(path, toBinary(ModelProtoSchema, model));
  return outputs;
}

/** `everyPosition`: the output matrix too sees all of them, not only the last one. */
function feeds(session: InferenceSession, ids: readonly number[], everyPosition: boolean): Record<string, Tensor> {
  const past = session.inputMetadata.flatMap((input): [string, Tensor][] => {
    if (!pastInput.test(input.name) || !input.isTensor) return [];
    if (input.type !== 'float32') {
      throw invalid(`The cache of the graph is ${input.type}; calibration needs float32.`, 'Calibrate model_q4.onnx.');
    }
    const [, heads = 0, , headDimension = 0] = input.shape.map(Number);
    return [[input.name, new Tensor('float32', new Float32Array(0), [1, heads, 0, headDimension])]];
  });
  return {
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
    num_logits_to_keep: new Tensor('int64', BigInt64Array.of(everyPosition ? 0n : 1n), []),
    ...Object.fromEntries(past),
  };
}

function largestMagnitude(values: Float32Array, atLeast = 0): number {
  let largest = atLeast;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}

function addTo(sums: Map<string, Float64Array>, name: string, values: Float32Array): void {
  const sum = sums.get(name) ?? new Float64Array(values.length);
  for (const [channel, value] of values.entries()) sum[channel] = (sum[channel] as number) + value;
  sums.set(name, sum);
}

function invalid(message: string, action: string): ExportError {
  return new ExportError('request.invalid', message, { action });
}
