/** Runs a part of a graph in ONNX Runtime over the data file of the whole, from a small temporary file beside it. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { plainName } from './cut-graph.ts';
import { placePart } from './part-place.ts';

/** Of the whole graph, and of the data file beside it that it names. */
export interface PartPaths {
  readonly graphPath: string;
  readonly dataPath: string;
}

export interface PartInputs {
  /** `[position][hiddenSize]` by the name of the value. */
  readonly hidden: Readonly<Record<string, readonly Float64Array[]>>;
  readonly ids: readonly number[];
}

/** The values of each output by its name in the whole graph, row-major. */
export async function runPart(
  { graphPath, dataPath }: PartPaths,
  part: Uint8Array,
  inputs: PartInputs,
): Promise<ReadonlyMap<string, Float64Array>> {
  const place = await placePart(part, graphPath, dataPath);
  let session: InferenceSession | null = null;
  try {
    session = await InferenceSession.create(place.path);
    const outputs = await session.run(feeds(session, inputs));
    return new Map(
      Object.entries(outputs).map(([name, value]) => [plainName(name), Float64Array.from(value.data as Float32Array)]),
    );
  } finally {
    await session?.release();
    await place.remove();
  }
}

function feeds(session: InferenceSession, { hidden, ids }: PartInputs): Record<string, Tensor> {
  const known: Record<string, Tensor> = {
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
    num_logits_to_keep: new Tensor('int64', BigInt64Array.of(0n), []),
  };
  return Object.fromEntries(
    session.inputMetadata.map((input): [string, Tensor] => {
      const { name } = input;
      const rows = hidden[plainName(name)];
      if (rows !== undefined) return [name, floatTensor(rows)];
      const fixed = known[name];
      if (fixed !== undefined) return [name, fixed];
      if (!input.isTensor) throw new TypeError(`The input ${name} is no tensor.`);
      const [, heads = 0, , headDimension = 0] = input.shape.map(Number);
      return [name, emptyPast(input.type, [1, heads, 0, headDimension])];
    }),
  );
}

function floatTensor(rows: readonly Float64Array[]): Tensor {
  const dims = [1, rows.length, rows[0]?.length ?? 0];
  return new Tensor('float32', Float32Array.from(rows.flatMap((row) => [...row])), dims);
}

function emptyPast(type: string, dims: readonly number[]): Tensor {
  switch (type) {
    case 'int8':
      return new Tensor('int8', new Int8Array(0), dims);
    case 'float16':
      return new Tensor('float16', new Uint16Array(0), dims);
    default:
      return new Tensor('float32', new Float32Array(0), dims);
  }
}
