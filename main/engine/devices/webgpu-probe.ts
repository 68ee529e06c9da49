/** WebGPU: a session that computes, whether also in float16, and as far as it can be known on what. */
import { listSupportedBackends } from 'onnxruntime-node';
import type { DeviceProbe } from '../../contract/devices.ts';
import { tryProvider } from './try-provider.ts';
import { graphicsHardware, mappedFiles, vulkanAdapter } from './vulkan-adapter.ts';

export async function probeWebgpu(): Promise<DeviceProbe> {
  const device = 'webgpu';
  if (!listSupportedBackends().some(({ name }) => name === 'webgpu')) {
    const detail = `ONNX Runtime for ${process.platform} ${process.arch} is built without WebGPU`;
    return { usable: false, device, reason: 'not-on-this-system', detail };
  }
  const failure = await tryProvider('webgpu', 'float32');
  if (failure !== null) return { usable: false, device, reason: 'no-adapter', detail: failure };
  const adapter =
    process.platform === 'linux'
      ? vulkanAdapter(mappedFiles(), graphicsHardware())
      : { name: null, isSoftware: null, memoryBytes: null };
  return { usable: true, device, ...adapter, float16: (await tryProvider('webgpu', 'float16')) === null };
}
