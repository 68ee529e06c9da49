/** The probe against an adapter that is known: the one in software that `build/scripts/software-vulkan.sh` names. */
import { describe, expect, it } from 'vitest';
import { chooseDevice } from '../../../../main/engine/devices/choose-device.ts';
import { probeDevices } from '../../../../main/engine/devices/probe.ts';
import { webgpuIsMissing } from './webgpu.ts';

const isLavapipe = process.env['VK_DRIVER_FILES']?.includes('lvp_icd') === true;
const missing = isLavapipe ? await webgpuIsMissing() : 'Skipped: the adapter is not the one in software.';
if (missing !== null) console.warn(missing);

describe.skipIf(missing !== null)('an adapter in software', () => {
  it('is found, known for what it is, and taken only on a wish', async () => {
    const probes = await probeDevices();
    expect(probes[0]).toEqual({
      usable: true,
      device: 'webgpu',
      name: 'lavapipe',
      isSoftware: true,
      float16: true,
      memoryBytes: null,
    });
    const graphs = new Set(['onnx/model_q4f16.onnx', 'onnx/model_q4.onnx']);
    expect(chooseDevice('auto', probes, graphs).attempts.map(({ device }) => device)).toEqual(['cpu']);
    expect(chooseDevice('webgpu', probes, graphs).attempts[0]).toMatchObject({ device: 'webgpu' });
  });
});
