import { expect, it } from 'vitest';
import { differencesOf } from '../../../main/receipt/index.ts';
import { aReceipt } from './a-receipt.ts';

it('of a receipt from itself there are none', () => {
  expect(differencesOf(aReceipt(), aReceipt())).toEqual([]);
});

it('every part that matters for the answer is compared', () => {
  const here = aReceipt();
  here.runtime = { onnxruntime: '2', node: '25', platform: 'darwin', arch: 'arm64', processor: 'Another' };
  Object.assign(here.model, { file: 'onnx/model.onnx', graphSha256: 'e'.repeat(64), isExact: false });
  Object.assign(here, { device: 'webgpu', threads: 9, tokenizerSha256: 'f'.repeat(64) });
  const names = differencesOf(aReceipt(), here).map(({ what }) => what);
  expect(names).toHaveLength(11);
  expect(names).toContain('processor');
});

it('weights are the same where both hashes are, unknown without one, and different by length', () => {
  const [weights] = aReceipt().model.weights;
  if (weights === undefined) throw new Error('The receipt has weights.');
  const found = (change: Partial<typeof weights> | null): string[] => {
    const here = aReceipt();
    here.model.weights = change === null ? [] : [{ ...weights, ...change }];
    return differencesOf(aReceipt(), here).map((difference) => difference.here);
  };
  expect(found({})).toEqual([]);
  expect(found({ sha256: null })).toEqual(['4000000 bytes, no hash recorded']);
  expect(found({ sha256: 'c'.repeat(64) })).toEqual([`4000000 bytes, ${'c'.repeat(64)}`]);
  expect(found({ byteLength: 1 })).toEqual([`1 bytes, ${'b'.repeat(64)}`]);
  expect(found(null)).toEqual(['none']);
});
