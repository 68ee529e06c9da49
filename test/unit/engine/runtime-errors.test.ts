import { Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { asRuntimeError } from '../../../main/engine/runtime-errors.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { openGraph } from '../native-models/tiny-graph.ts';

/** What `work` really throws here. */
async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

describe('errors provoked here', () => {
  test('ONNX Runtime cannot allocate an output of a petabyte', async () => {
    const session = await openGraph(temporaryFolder(), ({ graph }) => {
      const shape = graph.input('shape', 'int64', ['rank']);
      graph.output(graph.node('ConstantOfShape', { name: 'huge', inputs: [shape] }), 'float32', ['size']);
    });
    const run = (size: bigint) => session.run({ shape: new Tensor('int64', BigInt64Array.of(size), [1]) });
    expect(Object.values(await run(4n))[0]?.dims).toEqual([4]);
    const error = await thrownBy(() => run(2n ** 48n));
    expect(asRuntimeError(error)).toMatchObject({
      code: 'OUT_OF_MEMORY',
      cause: error,
      details: { reason: expect.stringContaining('1125899906842624') },
    });
    await session.release();
  });

  test('JavaScript cannot allocate the buffer of a cache', async () => {
    const error = await thrownBy(() => new Float32Array(2 ** 40));
    expect(error).toBeInstanceOf(RangeError);
    expect(asRuntimeError(error)).toMatchObject({ code: 'OUT_OF_MEMORY' });
  });

  test('a mistake in the program is not called a want of memory', async () => {
    for (const work of [() => new Float32Array(-1), () => 'x'.repeat(-1)]) {
      const error = await thrownBy(work);
      expect(asRuntimeError(error)).toBe(error);
    }
  });
});

/** As seen by others: pull requests and issues of microsoft/onnxruntime (its number), names and texts of Dawn, Vulkan and CUDA. */
const reported = [
  ['DEVICE_LOST', 'WebGPU device lost (1): Device was destroyed.'],
  ['DEVICE_LOST', 'WebGPU validation failed. [Device "webgpu"] is lost.'],
  ['DEVICE_LOST', 'vkQueueSubmit failed with VK_ERROR_DEVICE_LOST'],
  // 22700
  [
    'DEVICE_LOST',
    'ExecutionProvider.cpp(962) Exception(3) 887A0005 The GPU device instance has been suspended. Use GetDeviceRemovedReason to determine the appropriate action.',
  ],
  // 28495
  ['DEVICE_LOST', 'DmlGraphFusionHelper.cpp(1078) 887A0006 The GPU will not respond to more commands'],
  ['DEVICE_LOST', 'CUDA failure 700: an illegal memory access was encountered ; GPU=0'],
  ['OUT_OF_MEMORY', 'CUDA failure 2: out of memory ; GPU=0 ; expr=cudaMalloc((void**)&p, size)'],
  // 16307
  ['OUT_OF_MEMORY', 'BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 939524096'],
  ['OUT_OF_MEMORY', 'std::bad_alloc'],
  ['OUT_OF_MEMORY', 'bad allocation'],
  ['OUT_OF_MEMORY', 'vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY'],
  ['OUT_OF_MEMORY', '8007000E Not enough memory resources are available to complete this operation.'],
] as const;

test.each(reported)('%s: %s', (code, message) => {
  expect(asRuntimeError(new Error(message))).toMatchObject({ code, details: { reason: message } });
});

test.each([
  'Non-zero status code returned while running MatMul node. Status Message: matmul_helper.h dimension mismatch',
  'Load model from model.onnx failed: Protobuf parsing failed.',
  'CUDA failure 100: no CUDA-capable device is detected',
])('left as it is: %s', (message) => {
  const error = new Error(message);
  expect(asRuntimeError(error)).toBe(error);
});

test('what lies behind an error counts, and an error that is already of the family stays itself', () => {
  const cause = new Error('std::bad_alloc');
  const corrupt = new WorkbenchError('MODEL_FILE_CORRUPT', 'ONNX Runtime cannot use it', { action: 'Again.', cause });
  const error = asRuntimeError(corrupt);
  expect(error).toMatchObject({ code: 'OUT_OF_MEMORY', cause: corrupt });
  expect(asRuntimeError(error)).toBe(error);
});
