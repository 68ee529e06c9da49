/**
 * What this machine has to compute on, found out once, by an engine process of its own that is thrown away: a driver that crashes
 * or hangs must not take the engine with it, and what it loads must not stay in the engine's memory.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Device, DeviceFallback, DeviceProbe, DeviceWish } from '../contract/devices.ts';
import { gpuGraph } from '../contract/devices.ts';
import type { engineContract } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import { modelFileSize } from '../files/model-file-size.ts';
import type { Logger } from '../logger/index.ts';
import { connectPort, type LaunchProcess } from '../process/index.ts';

const accelerators: readonly Device[] = ['webgpu', 'cuda', 'dml'];

export interface DeviceProbesOptions {
  launch: LaunchProcess;
  logger: Logger;
  /** A session with one addition; a cold driver takes a few seconds. */
  timeoutMs?: number;
  /** How long its process may take to die; a driver can hold it in the kernel. */
  lingerMs?: number;
}

export class DeviceProbes {
  readonly #options: DeviceProbesOptions;
  #found: Promise<DeviceProbe[]> | null = null;
  #stopProbing: () => void = () => undefined;
  /** Wins over what was found. */
  #lost: DeviceFallback[] = [];

  constructor(options: DeviceProbesOptions) {
    this.#options = options;
  }

  /** Nothing is started where the answer cannot matter: on a wish for the CPU, or for a folder without a graph for a GPU. */
  async of(folder: string, wish: DeviceWish): Promise<DeviceProbe[]> {
    const matters = wish === 'auto' ? await holds(folder, gpuGraph) : wish !== 'cpu';
    if (!matters) return [];
    const found = await (this.#found ??= this.#probe());
    return found.map((probe) => {
      const lost = this.#lost.find(({ device }) => device === probe.device);
      return lost === undefined || !probe.usable ? probe : { usable: false, ...lost };
    });
  }

  /** The engine ended while it may have been on one of these: none of them is tried again. */
  lose(probes: readonly DeviceProbe[], detail: string): boolean {
    const usable = probes.filter(({ device, usable }) => usable && device !== 'cpu');
    this.#lost.push(...usable.map(({ device }) => ({ device, reason: 'driver-failed' as const, detail })));
    return usable.length > 0;
  }

  /** Lost while it computed: it is not tried again until the workbench ends. */
  avoid(device: Device, detail: string): void {
    this.#lost.push({ device, reason: 'driver-failed', detail });
  }

  /** Ends a search that is under way. */
  stop(): void {
    this.#stopProbing();
  }

  async #probe(): Promise<DeviceProbe[]> {
    const { launch, logger, timeoutMs = 30_000, lingerMs = 3_000 } = this.#options;
    const handle = launch('engine');
    this.#stopProbing = () => handle.kill();
    const client = connectPort<typeof engineContract>(
      handle.port,
      () =>
        new WorkbenchError('ENGINE_CRASHED', 'The process that looked for devices ended.', { action: 'Use the CPU.' }),
    );
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const message = `The drivers did not answer in ${timeoutMs / 1_000} s.`;
      reject(new WorkbenchError('ENGINE_CRASHED', message, { action: 'Use the CPU.' }));
    }, timeoutMs);
    try {
      const probes = await Promise.race([client.probe(), late]);
      logger.log('info', 'Devices found', { probes });
      return probes;
    } catch (error) {
      logger.log('warn', 'Looking for devices failed', { error });
      const detail = WorkbenchError.from(error).message;
      return accelerators.map((device) => ({ usable: false, device, reason: 'driver-failed', detail }));
    } finally {
      clearTimeout(timer);
      this.#stopProbing = () => undefined;
      handle.kill();
      await Promise.race([handle.exited, wait(lingerMs, undefined, { ref: false })]);
    }
  }
}

/** A file that is not safe is there: the engine says what is wrong with it. */
function holds(folder: string, file: string): Promise<boolean> {
  return modelFileSize(folder, file).then(
    (byteLength) => byteLength !== null,
    () => true,
  );
}
