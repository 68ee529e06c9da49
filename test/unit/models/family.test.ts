import { expect, test } from 'vitest';
import { familyMembers } from '../../../main/models/family.ts';

test('the family has the size that its cards and configurations give it', () => {
  const members = familyMembers();
  expect(members.map(({ id }) => id)).toEqual([
    'instruct-v1.1',
    'instruct-human-data',
    'instruct-v1',
    'base',
    'checkpoints',
  ]);
  for (const member of members) {
    expect(member.parameterCount).toBe(6_706_958_336);
    expect(member.cacheBytesPerToken).toEqual({ cpu: 64 << 10, gpu: 128 << 10 });
    // Two bytes a weight, and the buffers of rotary frequencies.
    expect(member.sourceBytes - 2 * member.parameterCount).toBe(8_192);
    const { cpu, gpu, both } = member.outputBytes;
    // 4.25 and 4.5 bits a weight in the layers, 8.25 and 8.5 in the embedding and the output matrix.
    expect(cpu).toBeGreaterThan(3.8e9);
    expect(cpu).toBeLessThan(gpu);
    expect(gpu).toBeLessThan(4.1e9);
    expect(both).toBe(cpu + gpu);
  }
});

test('the checkpoints are the 35 of the main phase and the 5 of the extension, newest first', () => {
  const { revisions } = familyMembers().find(({ id }) => id === 'checkpoints') ?? { revisions: [] };
  expect(revisions).toHaveLength(40);
  expect(revisions[0]).toEqual({
    name: 'extension_step0001220',
    phase: 'extension',
    steps: 1_220,
    contextLength: 32_000,
  });
  expect(revisions[5]).toEqual({ name: 'step0753851', phase: 'main', steps: 753_851, contextLength: 4_096 });
  expect(revisions.at(-1)?.name).toBe('step0005000');
  expect(revisions.filter(({ phase }) => phase === 'main')).toHaveLength(35);
  expect(new Set(revisions.map(({ name }) => name)).size).toBe(40);
});
