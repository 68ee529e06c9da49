/**
 * What an allocator, a device or its driver says when it cannot go on, as members of the error family. ONNX Runtime and V8 report
 * both by message only. Neither can be mended where it happened: whoever owns the engine process starts it again.
 *
 * Sources of the texts: ONNX Runtime's `bfc_arena.cc`, `cuda_call.cc` and DirectML provider, Dawn's and Vulkan's error names, the
 * HRESULTs of DXGI (https://learn.microsoft.com/windows/win32/direct3ddxgi/dxgi-error), and those errors of the CUDA runtime
 * after which "the process must be terminated and relaunched"
 * (https://docs.nvidia.com/cuda/cuda-runtime-api/group__CUDART__TYPES.html).
 */
import { WorkbenchError } from '../contract/errors.ts';

const deviceLost = [
  /device (?:is |was |has been )?lost|\[Device[^\]]*\] is lost|VK_ERROR_DEVICE_LOST/i,
  /DXGI_ERROR_(?:DEVICE_REMOVED|DEVICE_HUNG|DEVICE_RESET|DRIVER_INTERNAL_ERROR)|\b(?:0x)?887A00(?:05|06|07|20)\b/i,
  // 214 ECC, 700 illegal address, 710 assertion, 714 to 719 hardware faults and failed launches.
  /CUDA (?:failure|error) (?:214|700|710|71[4-9])\b/i,
];

const outOfMemory = [
  /failed to allocate memory|ran out of memory|out of memory|memory allocation failed|buffer allocation failed/i,
  /\bbad[ _]alloc(?:ation)?\b|bad_array_new_length/i,
  /VK_ERROR_OUT_OF_(?:DEVICE|HOST)_MEMORY|CUBLAS_STATUS_ALLOC_FAILED|\b(?:0x)?8007000E\b/i,
];

/** `DEVICE_LOST` or `OUT_OF_MEMORY` where the error, or one that caused it, says so; any other error as it is. */
export function asRuntimeError(thrown: unknown): unknown {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof WorkbenchError && ['DEVICE_LOST', 'OUT_OF_MEMORY'].includes(error.code)) return error;
    const reason = error.message;
    if (deviceLost.some((pattern) => pattern.test(reason))) {
      return new WorkbenchError('DEVICE_LOST', `The device stopped working: ${reason}`, {
        action: 'The engine starts again and uses another device; then send the message again.',
        details: { reason },
        cause: thrown,
      });
    }
    if (outOfMemory.some((pattern) => pattern.test(reason))) {
      return new WorkbenchError('OUT_OF_MEMORY', `There was not enough memory: ${reason}`, {
        action: 'Close other programs, shorten the conversation, or load a smaller model.',
        details: { reason },
        cause: thrown,
      });
    }
  }
  return thrown;
}
