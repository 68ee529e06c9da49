import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphicsHardware, mappedFiles, vulkanAdapter } from '../../../../main/engine/devices/vulkan-adapter.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const lavapipe = '/usr/lib/x86_64-linux-gnu/libvulkan_lvp.so';
const radeon = '/usr/lib/x86_64-linux-gnu/libvulkan_radeon.so';
const none = { isThere: false, names: [], memoryBytes: null };
const some = { isThere: true, names: [], memoryBytes: null };

describe('vulkanAdapter', () => {
  it('knows software by its driver, also beside drivers of hardware that is not there', () => {
    const expected = { name: 'lavapipe', isSoftware: true, memoryBytes: null };
    expect(vulkanAdapter([lavapipe], none)).toEqual(expected);
    expect(vulkanAdapter([lavapipe, radeon], none)).toEqual(expected);
    // Hardware, but no driver for it.
    expect(vulkanAdapter([lavapipe], some)).toEqual(expected);
    expect(vulkanAdapter(['/opt/chromium/libvk_swiftshader.so'], none)).toMatchObject({ name: 'SwiftShader' });
  });

  it('takes the hardware where it and its driver are there', () => {
    expect(vulkanAdapter([lavapipe, radeon], some)).toMatchObject({ name: 'AMD', isSoftware: false });
    const named = { isThere: true, names: ['NVIDIA H100'], memoryBytes: null };
    expect(vulkanAdapter(['/usr/lib/libGLX_nvidia.so.550.54'], named)).toMatchObject({ name: 'NVIDIA H100' });
  });

  it('admits that it does not know', () => {
    expect(vulkanAdapter(['/usr/lib/libvulkan.so.1'], some)).toEqual({
      name: null,
      isSoftware: null,
      memoryBytes: null,
    });
  });
});

describe('graphicsHardware', () => {
  const write = (root: string, path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const driver = (root: string, card: string, name: string) => {
    mkdirSync(join(root, `sys/class/drm/${card}/device`), { recursive: true });
    symlinkSync(`../../bus/pci/drivers/${name}`, join(root, `sys/class/drm/${card}/device/driver`));
  };

  it('is absent from a machine without cards, or with one that only shows pixels', () => {
    const root = temporaryFolder();
    expect(graphicsHardware(root)).toEqual(none);
    driver(root, 'card0', 'bochs-drm');
    expect(graphicsHardware(root)).toEqual(none);
  });

  it('reads the memory of a card, and not what a processor sets aside for its own graphics', () => {
    const root = temporaryFolder();
    driver(root, 'card0', 'amdgpu');
    write(root, 'sys/class/drm/card0/device/mem_info_vram_total', '536870912\n');
    expect(graphicsHardware(root)).toEqual(some);
    write(root, 'sys/class/drm/card0/device/mem_info_vram_total', '17163091968\n');
    expect(graphicsHardware(root)).toEqual({ ...some, memoryBytes: 17_163_091_968 });
  });

  it('reads the name that the NVIDIA driver gives', () => {
    const root = temporaryFolder();
    write(root, 'proc/driver/nvidia/gpus/0000:01:00.0/information', 'Model: \t\t NVIDIA RTX 4090\nIRQ: 5\n');
    expect(graphicsHardware(root)).toEqual({ isThere: true, names: ['NVIDIA RTX 4090'], memoryBytes: null });
  });
});

it('reads the mapped files of a process', () => {
  const maps = [
    '7f00-7f01 r-xp 00000000 fe:00 123      /usr/lib/with space/libvulkan_lvp.so',
    '7f01-7f02 rw-p 00000000 00:00 0 ',
    '7f02-7f03 r--p 00000000 fe:00 123      /usr/lib/with space/libvulkan_lvp.so',
    '7ffe-7fff r-xp 00000000 00:00 0        [vdso]',
  ];
  expect([...mappedFiles(maps.join('\n'))]).toEqual(['/usr/lib/with space/libvulkan_lvp.so']);
});
