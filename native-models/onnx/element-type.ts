/** Element types of ONNX tensors that the exporter uses: the numbers of `TensorProto.DataType` in the ONNX specification. */

export const elementTypes = {
  float32: { code: 1, byteLength: 4 },
  uint8: { code: 2, byteLength: 1 },
  int8: { code: 3, byteLength: 1 },
  int32: { code: 6, byteLength: 4 },
  int64: { code: 7, byteLength: 8 },
  float16: { code: 10, byteLength: 2 },
} as const;

export type ElementType = keyof typeof elementTypes;

/** Bytes of a dense tensor. */
export function tensorByteLength(type: ElementType, shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, elementTypes[type].byteLength);
}
