/** One load in the engine process, and once more without a device that took the process with it. */
import type { DeviceWish } from '../contract/devices.ts';
import type { engineContract, LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Logger } from '../logger/index.ts';
import type { SupervisedProcess } from '../process/index.ts';
import type { DeviceProbes } from './device-probes.ts';
import type { EngineCaches } from './engine-caches.ts';

export interface LoadParts {
  process: SupervisedProcess<typeof engineContract>;
  probes: DeviceProbes;
  caches: EngineCaches;
  logger: Logger;
  /** A process that was started just now has said `starting`; this is called when it is there. */
  onProcess: () => void;
}

/** @throws WorkbenchError as `load` of the engine, `ENGINE_CRASHED` */
export async function loadFolder(parts: LoadParts, folder: string, device: DeviceWish): Promise<LoadedModel> {
  const probes = await parts.probes.of(folder, device);
  const client = parts.process.client();
  parts.onProcess();
  await parts.caches.tell();
  let model: LoadedModel;
  try {
    model = await client.load({ folder, device, probes });
  } catch (error) {
    const { code, message } = WorkbenchError.from(error);
    if (code !== 'ENGINE_CRASHED' || !parts.probes.lose(probes, message)) throw error;
    parts.logger.log('warn', 'The engine ended while it loaded a model; it is loaded on the CPU', { folder });
    return loadFolder(parts, folder, device);
  }
  // A wish that changed meanwhile may have found no process to tell.
  await parts.caches.tell();
  return model;
}
