/**
 * CUDA: ONNX Runtime's provider library, which the package does not bring, and everything it links to; and NVIDIA's driver. Loading
 * a library is the only test that names what is missing.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DeviceProbe } from '../../contract/devices.ts';

const device = 'cuda';
const libraries: Partial<Record<NodeJS.Platform, { provider: string; driver: string }>> = {
  linux: { provider: 'libonnxruntime_providers_cuda.so', driver: 'libcuda.so.1' },
  win32: { provider: 'onnxruntime_providers_cuda.dll', driver: 'nvcuda.dll' },
};

export function probeCuda(platform = process.platform, folder = bindingFolder()): DeviceProbe {
  const names = libraries[platform];
  if (names === undefined || process.arch !== 'x64') {
    const detail = `ONNX Runtime for ${platform} ${process.arch} is built without CUDA`;
    return { usable: false, device, reason: 'not-on-this-system', detail };
  }
  const provider = join(folder, names.provider);
  if (!existsSync(provider)) return absent(`${names.provider} is not beside ONNX Runtime`);
  const missing = loadFailure(names.driver) ?? loadFailure(provider);
  if (missing !== null) return absent(missing);
  return { usable: true, device, name: null, isSoftware: false, float16: true, memoryBytes: null };
}

/** `null` where the system's loader finds the library and all that it needs. */
export function loadFailure(library: string): string | null {
  try {
    process.dlopen({ exports: {} }, library);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Node has loaded it and looked for an add-on in it.
    return /did not self-register/.test(message) ? null : message.trim();
  }
  return null;
}

function absent(detail: string): DeviceProbe {
  return { usable: false, device, reason: 'not-installed', detail };
}

function bindingFolder(): string {
  const packageFile = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  return join(dirname(packageFile), 'bin/napi-v6', process.platform, process.arch);
}
