import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../../native-models/safetensors/byte-source.ts';
import { HashedByteSource } from '../../../../native-models/safetensors/hashed-byte-source.ts';
import { nodeHash, storableHash, type RunningHash } from '../../../../native-models/safetensors/running-hash.ts';
import { seededRandom } from '../../../fixtures/reference/tiny-llama.ts';

const content = Uint8Array.from({ length: 1_000_003 }, (_, i) => (i * 131 + (i >> 7)) & 0xff);
const sha256 = createHash('sha256').update(content).digest('hex');

/** Content in memory, and every read that was asked of it. */
function memory(bytes = content): ByteSource & { reads: [number, number][] } {
  const reads: [number, number][] = [];
  return {
    name: 'memory',
    identity: { byteLength: bytes.length, sha256: null, stamp: '' },
    byteLength: bytes.length,
    reads,
    read: (offset, length) => {
      reads.push([offset, length]);
      return Promise.resolve(bytes.slice(offset, offset + length));
    },
    close: () => Promise.resolve(),
  };
}

const hashes: [string, () => Promise<RunningHash>][] = [
  ['Node', () => Promise.resolve(nodeHash())],
  ['storable', storableHash],
];

describe.each(hashes)('HashedByteSource with the %s hash', (_name, hash) => {
  it('gives the bytes and the hash of the file, whatever was read of it and however often it was taken up again', async () => {
    const random = seededRandom(5);
    for (let round = 0; round < 30; round++) {
      let source = new HashedByteSource(memory(), await hash());
      let at = 0;
      while (at < content.length) {
        // Some ranges are left out, some read twice in part.
        const offset = Math.max(0, at + Math.floor((random() - 0.3) * 60_000));
        const length = Math.min(Math.floor(random() * 90_000), Math.max(0, content.length - offset));
        const bytes = await source.read(offset, length);
        expect(Buffer.from(bytes).equals(content.subarray(offset, offset + length))).toBe(true);
        at = offset + length + 1;
        if (random() > 0.2) continue;
        const state = source.save();
        source = new HashedByteSource(memory(), await hash());
        if (state !== null) source.load(state);
      }
      await source.drain();
      expect(source.digest()).toBe(sha256);
    }
  });

  it('reads every byte once where reads follow each other', async () => {
    const inner = memory();
    const source = new HashedByteSource(inner, await hash());
    await source.read(0, 8);
    await source.read(8, 500);
    await source.read(600, 1_000);
    await source.drain();
    expect(source.digest()).toBe(sha256);
    let end = 0;
    for (const [offset, length] of inner.reads) {
      expect(offset).toBe(end);
      end = offset + length;
    }
    expect(end).toBe(content.length);
  });

  it('finds a single bit that is another, in what was read and in what nobody wanted', async () => {
    for (const at of [3, 700_000, content.length - 1]) {
      const changed = content.slice();
      changed[at] = (changed[at] as number) ^ 4;
      const source = new HashedByteSource(memory(changed), await hash());
      await source.read(0, 1_000);
      await source.drain();
      expect(source.digest()).not.toBe(sha256);
    }
  });
});
