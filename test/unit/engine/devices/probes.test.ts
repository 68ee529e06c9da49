import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeCoreml } from '../../../../main/engine/devices/coreml-probe.ts';
import { loadFailure, probeCuda } from '../../../../main/engine/devices/cuda-probe.ts';
import { probeDirectml } from '../../../../main/engine/devices/directml-probe.ts';
import { probeDevices } from '../../../../main/engine/devices/probe.ts';
import { lastClause } from '../../../../main/engine/devices/try-provider.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

describe('CUDA', () => {
  it.runIf(process.arch === 'x64')('names the library that is missing', () => {
    const folder = temporaryFolder();
    expect(probeCuda('linux', folder)).toMatchObject({
      usable: false,
      reason: 'not-installed',
      detail: expect.stringContaining('libonnxruntime_providers_cuda.so'),
    });
    writeFileSync(join(folder, 'libonnxruntime_providers_cuda.so'), 'no library');
    expect(probeCuda('linux', folder)).toMatchObject({ usable: false, reason: 'not-installed' });
    expect(probeCuda('darwin', folder)).toMatchObject({ usable: false, reason: 'not-on-this-system' });
  });

  it.runIf(process.platform === 'linux')('tells a library that loads from one that does not', () => {
    expect(loadFailure('libc.so.6')).toBeNull();
    expect(loadFailure('libnowhere.so.1')).toContain('libnowhere.so.1');
  });
});

it('DirectML and Core ML are of their own systems; Core ML lacks the operators', async () => {
  expect(await probeDirectml('linux')).toMatchObject({ usable: false, reason: 'not-on-this-system' });
  expect(probeCoreml('linux')).toMatchObject({ usable: false, reason: 'not-on-this-system' });
  expect(probeCoreml('darwin')).toMatchObject({ usable: false, reason: 'no-operators' });
});

it('finds something of every device, and the CPU usable', async () => {
  const probes = await probeDevices();
  expect(probes.map(({ device }) => device)).toEqual(['webgpu', 'cuda', 'dml', 'coreml', 'cpu']);
  expect(probes.at(-1)).toMatchObject({ usable: true, isSoftware: false });
});

it('keeps of a message of the runtime what matters', () => {
  expect(
    lastClause('/src/webgpu_context.cc:136 f(x) status == Success was false. Failed to get an adapter: none '),
  ).toBe('Failed to get an adapter: none');
  expect(lastClause('no such thing')).toBe('no such thing');
});
