/** Buffers on a WebGPU device, against plain arrays. Needs an adapter, in software as well. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { float16Bits } from '../../../../main/engine/devices/float16-tensor.ts';
import { GpuBuffers, type GpuElementType } from '../../../../main/engine/devices/gpu-buffers.ts';
import { webgpuIsMissing } from './webgpu.ts';

const missing = await webgpuIsMissing();
if (missing !== null) console.warn(missing);

const [heads, size] = [3, 4];

/** `[1, heads, positions, size]`, each value telling its own place. */
function numbered(type: GpuElementType, positions: number): Float32Array | Uint16Array {
  const values = Array.from({ length: heads * positions * size }, (_, i) => {
    const [head, position, element] = [Math.floor(i / (positions * size)), Math.floor(i / size) % positions, i % size];
    return 1 + head * 100 + position * 10 + element;
  });
  return type === 'float16' ? Uint16Array.from(values) : Float32Array.from(values);
}

describe.skipIf(missing !== null).each(['float32', 'float16'] as const)('buffers of %s', (type) => {
  let buffers: GpuBuffers;
  beforeAll(async () => {
    buffers = await GpuBuffers.open(type);
  });
  afterAll(() => buffers.release());
  const read = async (...[tensor, positions]: Parameters<GpuBuffers['download']>) => {
    const part = await buffers.download(tensor, positions);
    return type === 'float16' ? float16Bits(part) : (part.data as Float32Array);
  };

  it('begin with zeros', async () => {
    const tensor = await buffers.zeros([1, heads, 5, size]);
    expect([tensor.location, tensor.type, [...tensor.dims]]).toEqual(['gpu-buffer', type, [1, heads, 5, size]]);
    expect([...(await read(tensor, 5))]).toEqual(Array<number>(heads * 5 * size).fill(0));
    tensor.dispose();
  });

  it('keep what they hold while they grow on the device, each head in its place', async () => {
    const onCpu = buffers.tensor(numbered(type, 3), [1, heads, 3, size]);
    const uploaded = await buffers.grow(onCpu, 3);
    const grown = await buffers.grow(uploaded, 70);
    uploaded.dispose();
    expect([...grown.dims]).toEqual([1, heads, 70, size]);
    expect([...(await read(grown, 3))]).toEqual([...numbered(type, 3)]);
    expect([...(await read(grown, 2))]).toEqual([...numbered(type, 2)]);
    expect((await read(grown, 70)).filter((value) => value !== 0)).toHaveLength(heads * 3 * size);
    await expect(buffers.grow(grown, 69)).rejects.toThrow('70 positions cannot grow to 69');
    grown.dispose();
  });
});
