/**
 * Core ML is never a choice by itself: its provider has none of the operators of `com.microsoft` that the graphs are made of
 * (MatMulNBits, GroupQueryAttention, GatherBlockQuantized), so every layer would run on the CPU, with copies in between.
 * https://onnxruntime.ai/docs/execution-providers/CoreML-ExecutionProvider.html#supported-operators
 */
import type { DeviceProbe } from '../../contract/devices.ts';

export function probeCoreml(platform = process.platform): DeviceProbe {
  const device = 'coreml';
  return platform === 'darwin'
    ? { usable: false, device, reason: 'no-operators', detail: 'no MatMulNBits, no GroupQueryAttention' }
    : { usable: false, device, reason: 'not-on-this-system', detail: 'Core ML is a part of macOS' };
}
