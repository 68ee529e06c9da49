/**
 * What this machine really has, one finding a device. Drivers may hang or crash: whoever calls this does so in a process that it
 * can lose (`main/models/device-probes.ts`).
 */
import { cpus } from 'node:os';
import type { DeviceProbe } from '../../contract/devices.ts';
import { probeCoreml } from './coreml-probe.ts';
import { probeCuda } from './cuda-probe.ts';
import { probeDirectml } from './directml-probe.ts';
import { availableMemoryBytes } from './host-memory.ts';
import { probeWebgpu } from './webgpu-probe.ts';

export async function probeDevices(): Promise<DeviceProbe[]> {
  return [await probeWebgpu(), probeCuda(), await probeDirectml(), probeCoreml(), probeCpu()];
}

function probeCpu(): DeviceProbe {
  return {
    usable: true,
    device: 'cpu',
    name: cpus()[0]?.model.trim() ?? null,
    isSoftware: false,
    float16: false,
    memoryBytes: availableMemoryBytes(),
  };
}
