/** The session options that are tried, each alone against what ONNX Runtime does when nothing is said. */
import type { InferenceSession } from 'onnxruntime-node';

export interface Setting {
  readonly title: string;
  readonly options: InferenceSession.SessionOptions;
}

const session = (entries: Record<string, unknown>) => ({ extra: { session: entries } });

/** `threads`: one for each core. */
export function plainOptions(threads: number): InferenceSession.SessionOptions {
  return { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 };
}

/** Keys: https://github.com/microsoft/onnxruntime/blob/main/include/onnxruntime/core/session/onnxruntime_session_options_config_keys.h */
export const settings: readonly Setting[] = [
  { title: 'one thread', options: { intraOpNumThreads: 1 } },
  { title: 'no arena', options: { enableCpuMemArena: false } },
  { title: 'no memory pattern', options: { enableMemPattern: false } },
  { title: 'neither arena nor memory pattern', options: { enableCpuMemArena: false, enableMemPattern: false } },
  { title: 'threads do not spin', options: session({ intra_op: { allow_spinning: '0' } }) },
  { title: 'threads stop spinning after a run', options: session({ force_spinning_stop: '1' }) },
  { title: 'dynamic block base 4', options: session({ dynamic_block_base: '4' }) },
  { title: 'graph optimisation: extended', options: { graphOptimizationLevel: 'extended' } },
  { title: 'graph optimisation: basic', options: { graphOptimizationLevel: 'basic' } },
  { title: 'graph optimisation: none', options: { graphOptimizationLevel: 'disabled' } },
];
