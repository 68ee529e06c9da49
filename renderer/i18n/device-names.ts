/** Execution providers by the names that people know; the same in both languages. */
import type { Device } from '../../main/contract/engine.ts';

export const deviceNames: Record<Device, string> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
};
