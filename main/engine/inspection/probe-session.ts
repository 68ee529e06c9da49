/**
 * One part of the model's graph in ONNX Runtime, on the CPU whatever the model itself runs on: opened from memory over the weights of
 * the model folder, and released as soon as its runs are over.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ProbePart } from '../../../native-models/graphs.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import { float16Tensor } from '../devices/float16-tensor.ts';
import { asRuntimeError } from '../runtime-errors.ts';

/** Where the weights of the parts lie, and with how many threads they run. */
export interface ProbePlace {
  graphFolder: string;
  threads: number;
}

export class ProbeSession {
  readonly #session: InferenceSession;
  readonly #part: ProbePart;

  /** @throws WorkbenchError `INSPECTION_UNSUPPORTED`, `OUT_OF_MEMORY` */
  static async open(part: ProbePart, { graphFolder, threads }: ProbePlace): Promise<ProbeSession> {
    try {
      const session = await InferenceSession.create(part.bytes, {
        executionProviders: ['cpu'],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        // Parts come and go: what one of them took is not to be kept for the next.
        enableCpuMemArena: false,
        extra: { session: { model_external_initializers_file_folder_path: graphFolder } },
      });
      return new ProbeSession(session, part);
    } catch (cause) {
      throw unsupported(cause);
    }
  }

  private constructor(session: InferenceSession, part: ProbePart) {
    this.#session = session;
    this.#part = part;
  }

  /** @returns the embedding rows of the ids, `[rows * hiddenSize]` */
  embed(ids: readonly number[]): Promise<Float32Array> {
    return this.#run({ input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]) }, ids.length);
  }

  /** `hidden` is `[rows * hiddenSize]`. @returns what the part makes of it, row-major */
  continue(hidden: Float32Array, rows: number): Promise<Float32Array> {
    const dims = [1, rows, hidden.length / rows];
    const { hidden: name, addition } = this.#part;
    if (name === null) throw new TypeError('This part takes ids, not hidden states.');
    const zeros = addition === null ? {} : { [addition]: new Tensor('float32', new Float32Array(hidden.length), dims) };
    return this.#run({ [name]: new Tensor('float32', hidden, dims), ...zeros }, rows);
  }

  release(): Promise<void> {
    return this.#session.release();
  }

  async #run(given: Record<string, Tensor>, rows: number): Promise<Float32Array> {
    const known: Record<string, Tensor> = {
      ...given,
      attention_mask: new Tensor('int64', new BigInt64Array(rows).fill(1n), [1, rows]),
      num_logits_to_keep: new Tensor('int64', BigInt64Array.of(0n), []),
    };
    const feeds = this.#session.inputMetadata.map((input): [string, Tensor] => [
      input.name,
      known[input.name] ?? emptyPast(input),
    ]);
    try {
      const outputs = await this.#session.run(Object.fromEntries(feeds));
      return (outputs[this.#part.output] as Tensor).data as Float32Array;
    } catch (cause) {
      throw unsupported(cause);
    }
  }
}

/** Keys and values of no position. */
function emptyPast(input: InferenceSession.ValueMetadata): Tensor {
  if (!input.isTensor) throw unsupported(new TypeError(`The input ${input.name} is no tensor.`));
  const [, heads, , headDimension] = input.shape.map(Number);
  const dims = [1, heads ?? 0, 0, headDimension ?? 0];
  switch (input.type) {
    case 'int8':
      return new Tensor('int8', new Int8Array(0), dims);
    case 'float16':
      return float16Tensor(new Uint16Array(0), dims);
    default:
      return new Tensor('float32', new Float32Array(0), dims);
  }
}

/** @returns the error as the runtime's memory error, or as `INSPECTION_UNSUPPORTED` */
export function unsupported(cause: unknown): WorkbenchError {
  if (cause instanceof WorkbenchError) return cause;
  const known = asRuntimeError(cause);
  if (known instanceof WorkbenchError) return known;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new WorkbenchError('INSPECTION_UNSUPPORTED', `The graph of this model cannot be taken apart: ${reason}`, {
    action: 'Convert the published weights of the model into a graph of this workbench.',
    details: { reason },
    cause,
  });
}
