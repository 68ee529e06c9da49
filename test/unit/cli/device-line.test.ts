import { expect, test } from 'vitest';
import { deviceFrom } from '../../../main/cli/arguments.ts';
import { deviceLine } from '../../../main/cli/device-line.ts';

test('a device and what stood before it, on one line', () => {
  expect(deviceLine({ device: 'webgpu', deviceFallbacks: [] })).toBeNull();
  const deviceFallbacks = [
    { device: 'webgpu', reason: 'no-adapter', detail: 'Failed:\n  no adapters' },
    { device: 'cuda', reason: 'no-graph', detail: '' },
  ] as const;
  expect(deviceLine({ device: 'cpu', deviceFallbacks: [...deviceFallbacks] })).toBe(
    'Runs on cpu; not on webgpu: no graphics adapter (Failed: no adapters); not on cuda: the model has no graph for it',
  );
});

test('--device is a device or auto; where it is left out another may stand in its place', () => {
  expect([deviceFrom(undefined, 'webgpu'), deviceFrom('cpu', 'webgpu')]).toEqual(['webgpu', 'cpu']);
  expect([deviceFrom(undefined), deviceFrom('webgpu')]).toEqual(['auto', 'webgpu']);
  expect(() => deviceFrom('gpu')).toThrow(/--device needs auto, cpu, webgpu/);
});
