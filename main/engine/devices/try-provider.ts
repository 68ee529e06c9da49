/** Whether a provider computes at all: one addition in a session of its own. */
import { InferenceSession, Tensor, type TypedTensor } from 'onnxruntime-node';
import { encodeModel, GraphBuilder } from '../../../native-models/graphs.ts';
import { float16Bits, float16Tensor } from './float16-tensor.ts';

type Type = 'float32' | 'float16';

/** `null` where it does; else what the runtime says, or that the sum is wrong. */
export async function tryProvider(name: 'webgpu' | 'dml', type: Type): Promise<string | null> {
  try {
    const session = await InferenceSession.create(sumGraph(type), {
      executionProviders: [{ name }],
      logSeverityLevel: 3,
      // What DirectML asks for; nothing here depends on it.
      enableMemPattern: false,
    });
    try {
      const { sum } = await session.run({ value: oneAndAHalf(type) });
      const actual = numberOf(sum as Tensor);
      return actual === 3 ? null : `1.5 + 1.5 gave ${actual}`;
    } finally {
      await session.release();
    }
  } catch (error) {
    return lastClause(error instanceof Error ? error.message : String(error));
  }
}

function sumGraph(type: Type): Uint8Array {
  const graph = new GraphBuilder(type);
  graph.input('value', type, [1]);
  graph.node('Add', { name: 'sum', inputs: ['value', 'value'], outputs: ['sum'] });
  graph.output('sum', type, [1]);
  return encodeModel(graph.build('sum', '', new Map()));
}

/** 0x3e00 and 0x4200 are 1.5 and 3 in IEEE 754 binary16. */
function oneAndAHalf(type: Type): Tensor {
  return type === 'float16' ? float16Tensor(Uint16Array.of(0x3e00), [1]) : new Tensor('float32', [1.5], [1]);
}

function numberOf(tensor: Tensor): number | undefined {
  if (tensor.type !== 'float16') return (tensor as TypedTensor<'float32'>).data[0];
  return float16Bits(tensor)[0] === 0x4200 ? 3 : undefined;
}

/** The runtime puts the place in its source and the condition that failed before what matters. */
export function lastClause(message: string): string {
  return message.replace(/^[\s\S]* was false\. /, '').trim();
}
