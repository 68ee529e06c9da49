import { describe, expect, it } from 'vitest';
import type { DeviceProbe } from '../../../../main/contract/devices.ts';
import { chooseDevice } from '../../../../main/engine/devices/choose-device.ts';

const gpuGraph = 'onnx/model_q4f16.onnx';
const both = new Set([gpuGraph, 'onnx/model_q4.onnx', 'onnx/model_q4_kv8.onnx']);

function usable(
  device: DeviceProbe['device'],
  found: Partial<Extract<DeviceProbe, { usable: true }>> = {},
): DeviceProbe {
  return { usable: true, device, name: 'card', isSoftware: false, float16: true, memoryBytes: null, ...found };
}
function unusable(device: DeviceProbe['device']): DeviceProbe {
  return { usable: false, device, reason: 'not-installed', detail: 'libcuda.so.1' };
}
const devices = ({ attempts }: ReturnType<typeof chooseDevice>) => attempts.map(({ device }) => device);
const files = ({ attempts }: ReturnType<typeof chooseDevice>) => attempts.map(({ graphs }) => graphs[0]);

describe('by itself', () => {
  it('tries WebGPU, CUDA, DirectML, and the CPU last, each with its own graph', () => {
    const probes = [usable('dml'), usable('cuda'), usable('webgpu')];
    const choice = chooseDevice('auto', probes, both, 'win32');
    expect(devices(choice)).toEqual(['webgpu', 'cuda', 'dml', 'cpu']);
    expect(files(choice)).toEqual([gpuGraph, gpuGraph, gpuGraph, 'onnx/model_q4_kv8.onnx']);
    expect(choice.rejected).toEqual([]);
  });

  it('says why a device of this system is not tried, and nothing of those of others', () => {
    const choice = chooseDevice('auto', [usable('webgpu'), unusable('cuda')], both, 'linux');
    expect(devices(choice)).toEqual(['webgpu', 'cpu']);
    expect(choice.rejected).toEqual([{ device: 'cuda', reason: 'not-installed', detail: 'libcuda.so.1' }]);
  });

  it('leaves out an adapter in software, and one without float16', () => {
    const software = chooseDevice('auto', [usable('webgpu', { isSoftware: true, name: 'lavapipe' })], both, 'darwin');
    expect(devices(software)).toEqual(['cpu']);
    expect(software.rejected[0]).toEqual({ device: 'webgpu', reason: 'software-adapter', detail: 'lavapipe' });
    const old = chooseDevice('auto', [usable('webgpu', { float16: false })], both, 'darwin');
    expect(devices(old)).toEqual(['cpu']);
    expect(old.rejected[0]).toMatchObject({ reason: 'no-float16' });
  });

  it('takes an adapter of which nothing is known', () => {
    const unknown = usable('webgpu', { isSoftware: null, float16: null, name: null });
    expect(devices(chooseDevice('auto', [unknown], both, 'darwin'))).toEqual(['webgpu', 'cpu']);
  });

  it('needs no findings where the folder has no graph for a GPU', () => {
    const choice = chooseDevice('auto', [], new Set(['onnx/model_q4.onnx']), 'linux');
    expect(devices(choice)).toEqual(['cpu']);
    expect(choice.rejected.map(({ device, reason }) => [device, reason])).toEqual([
      ['webgpu', 'no-graph'],
      ['cuda', 'no-graph'],
    ]);
  });

  it('does not try what was not looked at', () => {
    const choice = chooseDevice('auto', [], both, 'darwin');
    expect(devices(choice)).toEqual(['cpu']);
    expect(choice.rejected[0]).toMatchObject({ device: 'webgpu', reason: 'driver-failed' });
  });
});

describe('on a wish', () => {
  it('is the CPU alone where that is the wish', () => {
    expect(chooseDevice('cpu', [usable('webgpu')], both)).toMatchObject({
      attempts: [{ device: 'cpu' }],
      rejected: [],
    });
  });

  it('tries that device only, also in software, and the CPU after it', () => {
    const probes = [usable('webgpu', { isSoftware: true }), usable('cuda')];
    expect(devices(chooseDevice('webgpu', probes, both))).toEqual(['webgpu', 'cpu']);
  });

  it('gives WebGPU a float32 graph where there is no other, or no float16', () => {
    expect(files(chooseDevice('webgpu', [usable('webgpu')], new Set(['onnx/model_q4.onnx'])))).toEqual([
      'onnx/model_q4.onnx',
      'onnx/model_q4_kv8.onnx',
    ]);
    const choice = chooseDevice('webgpu', [usable('webgpu', { float16: false })], both);
    expect(choice.attempts[0]).toMatchObject({ device: 'webgpu', graphs: ['onnx/model_q4.onnx'] });
  });

  it('falls to the CPU with the reason', () => {
    const choice = chooseDevice('cuda', [unusable('cuda')], both);
    expect(devices(choice)).toEqual(['cpu']);
    expect(choice.rejected).toEqual([{ device: 'cuda', reason: 'not-installed', detail: 'libcuda.so.1' }]);
  });
});
