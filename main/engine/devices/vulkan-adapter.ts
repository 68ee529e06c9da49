/**
 * Which graphics adapter a WebGPU session of this process got, on Linux. onnxruntime-node does not tell, but its provider goes
 * through Vulkan there, and the drivers that the Vulkan loader took are among the files that the process has mapped. Drivers of
 * absent hardware are mapped too, so a software driver counts as the one in use only where no graphics hardware is to be seen.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

const softwareDrivers = [
  { file: /^libvulkan_lvp\.so/, name: 'lavapipe' },
  { file: /^libvk_swiftshader\.so/, name: 'SwiftShader' },
];
const hardwareDrivers = [
  { file: /^(libGLX_nvidia|libnvidia-vulkan-producer)\.so/, name: 'NVIDIA' },
  { file: /^libvulkan_nouveau\.so/, name: 'NVIDIA (NVK)' },
  { file: /^(libvulkan_radeon|amdvlk64)\.so/, name: 'AMD' },
  { file: /^libvulkan_intel(_hasvk)?\.so/, name: 'Intel' },
  { file: /^libvulkan_(asahi|panfrost|freedreno|broadcom|powervr_mesa|virtio)\.so/, name: null },
];
/** Kernel drivers that show pixels and compute nothing. */
const displayOnly = new Set([
  'vgem',
  'vkms',
  'simpledrm',
  'simple-framebuffer',
  'bochs-drm',
  'ast',
  'mgag200',
  'cirrus',
  'qxl',
]);

/** A processor's own graphics set aside up to this much and use the rest of the memory too: what they have says nothing. */
const largestCarveOut = 4 * 2 ** 30;

export interface VulkanAdapter {
  name: string | null;
  isSoftware: boolean | null;
  memoryBytes: number | null;
}

/** Files mapped by the process, and what `graphicsHardware` found. */
export function vulkanAdapter(mappedFiles: Iterable<string>, hardware: GraphicsHardware): VulkanAdapter {
  const files = [...mappedFiles].map((path) => basename(path));
  const takenOf = <Driver extends { file: RegExp }>(drivers: readonly Driver[]) =>
    drivers.filter(({ file }) => files.some((name) => file.test(name)));
  const [software] = takenOf(softwareDrivers);
  const taken = takenOf(hardwareDrivers);
  if (software !== undefined && (taken.length === 0 || !hardware.isThere)) {
    return { name: software.name, isSoftware: true, memoryBytes: null };
  }
  const isKnown = taken.length > 0 && hardware.isThere;
  const { name = null } = taken.length === 1 && isKnown ? (taken[0] ?? {}) : {};
  return {
    name: hardware.names.length === 1 ? (hardware.names[0] ?? null) : name,
    isSoftware: isKnown ? false : null,
    memoryBytes: hardware.memoryBytes,
  };
}

export interface GraphicsHardware {
  isThere: boolean;
  /** As the NVIDIA driver names its cards; other drivers do not. */
  names: string[];
  /** Of the one card that says how much it has of its own. */
  memoryBytes: number | null;
}

/** From `/sys/class/drm`, `/proc/driver/nvidia` and `/dev/dxg` (Windows Subsystem for Linux), below `root`. */
export function graphicsHardware(root = '/'): GraphicsHardware {
  const drm = join(root, 'sys/class/drm');
  const cards = entries(drm).filter((name) => /^(card|renderD)\d+$/.test(name));
  const drivers = cards.flatMap((card) => driverOf(join(drm, card, 'device/driver')) ?? []);
  const nvidia = join(root, 'proc/driver/nvidia/gpus');
  const names = entries(nvidia).flatMap(
    (gpu) => /^Model:\s*(.+)$/m.exec(text(join(nvidia, gpu, 'information')))?.[1] ?? [],
  );
  const memories = cards
    .map((card) => Number(text(join(drm, card, 'device/mem_info_vram_total'))))
    .filter((bytes) => bytes > largestCarveOut);
  return {
    isThere:
      names.length > 0 ||
      drivers.some((driver) => !displayOnly.has(driver)) ||
      entries(join(root, 'dev')).includes('dxg'),
    names,
    memoryBytes: memories.length > 0 && new Set(memories).size === 1 ? (memories[0] ?? null) : null,
  };
}

/** Paths of the files that this process has mapped. */
export function mappedFiles(maps = readFileSync('/proc/self/maps', 'utf8')): Set<string> {
  return new Set(maps.split('\n').flatMap((line) => /\s(\/.*)$/.exec(line)?.[1] ?? []));
}

function driverOf(link: string): string | null {
  try {
    return basename(readlinkSync(link));
  } catch {
    // A device without a driver.
    return null;
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there: nothing of that kind.
    return [];
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or not for this driver.
    return '';
  }
}
