/** For tests that need a WebGPU adapter: whether there is one, and why not. */
import { GpuBuffers } from '../../../../main/engine/devices/gpu-buffers.ts';

/** `null` where WebGPU works; else the notice that a skipped test prints. */
export async function webgpuIsMissing(): Promise<string | null> {
  try {
    await (await GpuBuffers.open('float32')).release();
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim() : String(error);
    return `Skipped: no WebGPU adapter (${reason}). For one in software: build/scripts/software-vulkan.sh npm run test:parity`;
  }
}
