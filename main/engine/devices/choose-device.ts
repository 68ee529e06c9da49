/** In which order devices are tried for a model, and why others are not: from findings alone, nothing is opened here. */
import {
  gpuGraph,
  type Device,
  type DeviceFallback,
  type DeviceProbe,
  type DeviceWish,
} from '../../contract/devices.ts';
import { cpuGraphs } from '../model-files.ts';

export interface DeviceAttempt {
  device: Device;
  /** Graphs that it runs, the first that is there is meant. */
  graphs: readonly string[];
  /** `null` for the CPU, which needs no finding. */
  probe: Extract<DeviceProbe, { usable: true }> | null;
}

export interface DeviceChoice {
  attempts: DeviceAttempt[];
  rejected: DeviceFallback[];
}

/**
 * WebGPU comes first: only its key-value cache can stay on the device between the runs of onnxruntime-node. CUDA and DirectML copy
 * it both ways at every token. Core ML lacks the operators, and says so where it is asked for.
 */
const preference: Partial<Record<NodeJS.Platform, readonly Device[]>> = {
  linux: ['webgpu', 'cuda'],
  win32: ['webgpu', 'cuda', 'dml'],
  darwin: ['webgpu', 'coreml'],
};

/** float32 graphs that WebGPU runs too, without its fused kernels: for who insists on it. */
const forcedWebgpuGraphs = ['onnx/model_q4.onnx', 'onnx/model.onnx'];

/** `graphs` are the files under `onnx/`. The CPU is always the last attempt; on a wish for the CPU, the only one. */
export function chooseDevice(
  wish: DeviceWish,
  probes: readonly DeviceProbe[],
  graphs: ReadonlySet<string>,
  platform: NodeJS.Platform = process.platform,
): DeviceChoice {
  const choice: DeviceChoice = { attempts: [], rejected: [] };
  const wanted = wish === 'auto' ? (preference[platform] ?? []) : [wish];
  for (const device of wanted) {
    if (device === 'cpu') continue;
    const verdict = judge(device, wish === device, probes, graphs);
    if ('reason' in verdict) choice.rejected.push(verdict);
    else choice.attempts.push(verdict);
  }
  choice.attempts.push({ device: 'cpu', graphs: cpuGraphs, probe: null });
  return choice;
}

function judge(
  device: Device,
  isForced: boolean,
  probes: readonly DeviceProbe[],
  graphs: ReadonlySet<string>,
): DeviceAttempt | DeviceFallback {
  const known = isForced && device === 'webgpu' ? [gpuGraph, ...forcedWebgpuGraphs] : [gpuGraph];
  const there = known.filter((name) => graphs.has(name));
  const probe = probes.find((finding) => finding.device === device);
  if (probe?.usable === false) return { device, reason: probe.reason, detail: probe.detail };
  // A device for which the folder has no graph need not have been looked at.
  if (there.length === 0) return { device, reason: 'no-graph', detail: gpuGraph };
  if (probe === undefined) return { device, reason: 'driver-failed', detail: 'nothing was found out about it' };
  if (probe.isSoftware === true && !isForced) {
    return { device, reason: 'software-adapter', detail: probe.name ?? '' };
  }
  const fitting = probe.float16 === false ? there.filter((name) => name !== gpuGraph) : there;
  if (fitting.length === 0) return { device, reason: 'no-float16', detail: probe.name ?? '' };
  return { device, graphs: fitting, probe };
}
