/** float16 tensors as onnxruntime-node takes and gives them. */
import { Tensor } from 'onnxruntime-node';

/**
 * A float16 tensor over its bits. onnxruntime-common turns the array into a `Float16Array` where there is one, which the binding
 * of onnxruntime-node 1.30 then reads as empty; it reads the bits, so they are put back.
 */
export function float16Tensor(bits: Uint16Array, dims: readonly number[]): Tensor {
  return Object.assign(new Tensor('float16', bits, dims), { cpuData: bits });
}

/** The bits of a float16 tensor on the CPU, whichever array it came in. */
export function float16Bits(tensor: Tensor): Uint16Array {
  const { buffer, byteOffset, length } = tensor.data as Uint16Array;
  return new Uint16Array(buffer, byteOffset, length);
}
