import { expect, test } from 'vitest';
import { machineNeeds } from '../../../../../renderer/models/family/machine-needs.ts';

const member = {
  sourceBytes: 13_400,
  outputBytes: { cpu: 4_000_000_000, gpu: 4_200_000_000, both: 8_200_000_000 },
  cacheBytesPerToken: { cpu: 65_536, gpu: 131_072 },
};
const machine = { memoryBytes: 8_000_000_000 };
const cpu = { target: 'cpu', keepSource: false } as const;

test('memory is weights and cache, at a short and at the whole context', () => {
  const needs = machineNeeds(member, 32_000, cpu, machine);
  expect(needs.memoryBytes).toEqual({ short: 4_000_000_000 + 4_096 * 65_536, full: 4_000_000_000 + 32_000 * 65_536 });
  expect(needs.fittingTokens).toBe(Math.floor(2_500_000_000 / 65_536));
  const short = machineNeeds(member, 1_024, cpu, machine);
  expect(short.memoryBytes.short).toBe(short.memoryBytes.full);
  expect(machineNeeds(member, 32_000, cpu, { memoryBytes: 4_000_000_000 }).fittingTokens).toBeLessThan(0);
});

test('a model for both is loaded as that for the CPU; one for a GPU has another cache', () => {
  const both = machineNeeds(member, 4_096, { target: 'both', keepSource: false }, machine);
  expect(both.memoryBytes).toEqual(machineNeeds(member, 4_096, cpu, machine).memoryBytes);
  expect(both.diskBytes).toBe(8_200_000_000);
  const gpu = machineNeeds(member, 4_096, { target: 'gpu', keepSource: false }, machine);
  expect(gpu.memoryBytes.full).toBe(4_200_000_000 + 4_096 * 131_072);
});

test('weights that are kept take their place on the disk', () => {
  expect(machineNeeds(member, 4_096, { target: 'cpu', keepSource: true }, machine).diskBytes).toBe(4_000_013_400);
});
