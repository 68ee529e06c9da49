import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import type { DeviceProbe } from '../../../main/contract/devices.ts';
import { engineContract } from '../../../main/contract/engine.ts';
import { silentLogger } from '../../../main/logger/index.ts';
import { DeviceProbes } from '../../../main/models/device-probes.ts';
import { servePort, type ProcessExit } from '../../../main/process/index.ts';
import { portPair } from '../../fixtures/port-pair.ts';

test('a process that its driver holds is not waited for', async () => {
  const found: DeviceProbe = { usable: false, device: 'webgpu', reason: 'no-adapter', detail: '' };
  const os = implement(engineContract);
  let kills = 0;
  const probes = new DeviceProbes({
    logger: silentLogger,
    lingerMs: 20,
    launch: () => {
      const pair = portPair();
      servePort({ probe: os.probe.handler(() => [found]) }, pair.right, silentLogger);
      const exited = new Promise<ProcessExit>(() => undefined);
      return { port: pair.left, processId: 1, exited, kill: () => void kills++ };
    },
  });
  expect(await probes.of('/nowhere', 'webgpu')).toEqual([found]);
  expect(kills).toBe(1);
});
