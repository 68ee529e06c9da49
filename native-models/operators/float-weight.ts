/** A weight stored as it is, or transposed, in float32. */
import type { ProduceOptions, StoredGroup } from '../onnx/stored-tensors.ts';
import { widen } from '../safetensors/float-conversion.ts';
import type { SourceTensor } from '../source-tensor.ts';

export function floatWeight(weight: SourceTensor): StoredGroup {
  return {
    tensors: [{ name: weight.name, type: 'float32', shape: weight.shape }],
    source: weight,
    async *produce({ slabs }) {
      for await (const { bytes, type } of slabs()) {
        yield { tensor: 0, bytes: new Uint8Array(widen(type, bytes).buffer) };
      }
    },
  };
}

/** `[rows, columns]` in the source, `[columns, rows]` in the model: MatMul wants its weights the other way round. */
export function transposedFloatWeight(weight: SourceTensor): StoredGroup {
  const [rows = 0, columns = 0] = weight.shape;
  return {
    tensors: [{ name: weight.name, type: 'float32', shape: [columns, rows] }],
    source: weight,
    async *produce(options) {
      const values = await allValues(options, rows * columns);
      yield { tensor: 0, bytes: new Uint8Array(transpose(values, rows, columns).buffer) };
    },
  };
}

async function allValues({ slabs }: ProduceOptions, length: number): Promise<Float32Array> {
  const values = new Float32Array(length);
  for await (const { begin, columns, bytes, type } of slabs()) values.set(widen(type, bytes), begin * columns);
  return values;
}

/** Tiles keep both sides in cache; the naive loop misses it on every write of a wide matrix. */
const tile = 64;

function transpose(values: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const transposed = new Float32Array(values.length);
  for (let rowTile = 0; rowTile < rows; rowTile += tile) {
    const rowEnd = Math.min(rowTile + tile, rows);
    for (let columnTile = 0; columnTile < columns; columnTile += tile) {
      const columnEnd = Math.min(columnTile + tile, columns);
      for (let row = rowTile; row < rowEnd; row++) {
        for (let column = columnTile; column < columnEnd; column++) {
          transposed[column * rows + row] = values[row * columns + column] as number;
        }
      }
    }
  }
  return transposed;
}
