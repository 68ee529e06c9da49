/** DirectML: any Direct3D 12 adapter of Windows; ONNX Runtime brings the library. */
import type { DeviceProbe } from '../../contract/devices.ts';
import { tryProvider } from './try-provider.ts';

export async function probeDirectml(platform = process.platform): Promise<DeviceProbe> {
  const device = 'dml';
  if (platform !== 'win32') {
    return { usable: false, device, reason: 'not-on-this-system', detail: 'DirectML is a part of Windows' };
  }
  const failure = await tryProvider('dml', 'float16');
  if (failure !== null) return { usable: false, device, reason: 'no-adapter', detail: failure };
  return { usable: true, device, name: null, isSoftware: null, float16: true, memoryBytes: null };
}
