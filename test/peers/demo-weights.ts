/** The demo model's matrices, and the model exported in float32 after each of them was replaced: what a rounding alone costs. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoModelFolder } from '../../native-models/demo/sequences.ts';
import { exportModel } from '../../native-models/export.ts';
import { FileByteSource } from '../../native-models/safetensors/file-byte-source.ts';
import { SafetensorsReader } from '../../native-models/safetensors/reader.ts';
import { encodeSafetensors, type TestTensor } from '../fixtures/reference/tiny-llama.ts';

export interface Weight {
  readonly name: string;
  /** `[rows, columns]`, or `[length]` of a norm. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Matrix extends Weight {
  readonly rows: number;
  readonly columns: number;
}

export async function demoWeights(): Promise<readonly Weight[]> {
  const reader = await SafetensorsReader.open(await FileByteSource.open(join(demoModelFolder, 'model.safetensors')));
  try {
    const weights: Weight[] = [];
    for (const [name, { shape }] of reader.header.tensors) {
      weights.push({ name, shape, values: await reader.tensor(name, shape).read() });
    }
    return weights;
  } finally {
    await reader.close();
  }
}

export function matricesOf(weights: readonly Weight[]): readonly Matrix[] {
  return weights.flatMap((weight) => {
    const [rows = 0, columns] = weight.shape;
    return columns === undefined ? [] : [{ ...weight, rows, columns }];
  });
}

/** Returns the path of the float32 graph. */
export async function exportRounded(
  weights: readonly Weight[],
  folder: string,
  round: (matrix: Matrix) => Float32Array,
): Promise<string> {
  const rounded = new Map(matricesOf(weights).map((matrix) => [matrix.name, round(matrix)]));
  const tensors = weights.map(({ name, shape, values }): TestTensor => {
    const { buffer, byteOffset, byteLength } = rounded.get(name) ?? values;
    return { name, shape, dtype: 'F32', bytes: new Uint8Array(buffer, byteOffset, byteLength) };
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.safetensors'), encodeSafetensors(tensors));
  for (const name of ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json']) {
    await copyFile(join(demoModelFolder, name), join(folder, name));
  }
  await exportModel({ sourceFolder: folder, outputFolder: folder, variants: ['fp32'] });
  return join(folder, 'onnx', 'model.onnx');
}
