/** Safetensors files whose first bytes are not what they were: ten thousand of them. */
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../../../native-models/export-error.ts';
import type { ByteSource } from '../../../../native-models/safetensors/byte-source.ts';
import { SafetensorsReader } from '../../../../native-models/safetensors/reader.ts';
import { encodeSafetensors, seededRandom, type TestTensor } from '../../../fixtures/reference/tiny-llama.ts';

const tensors: readonly TestTensor[] = [
  { name: 'model.embed_tokens.weight', dtype: 'F32', shape: [2, 3], bytes: new Uint8Array(24) },
  { name: 'model.norm.weight', dtype: 'BF16', shape: [3], bytes: new Uint8Array(6) },
  { name: 'lm_head.weight', dtype: 'F16', shape: [2, 3], bytes: new Uint8Array(12) },
  { name: 'position_ids', dtype: 'I32', shape: [1, 4], bytes: new Uint8Array(16) },
];
/** Digits and punctuation of JSON hit the numbers and the structure more often than any byte does. */
const telling = [...Buffer.from('0123456789,:[]{}"-.eE\\ unlltrefas')];

/** Refuses to give, and to make room for, what the file does not hold. */
class StrictSource implements ByteSource {
  readonly name = 'damaged';
  readonly identity;
  requested = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.identity = { byteLength: bytes.byteLength, sha256: null, stamp: '' };
  }

  get byteLength(): number {
    return this.#bytes.byteLength;
  }

  read(offset: number, byteLength: number): Promise<Uint8Array<ArrayBuffer>> {
    const fits = offset >= 0 && byteLength >= 0 && offset + byteLength <= this.byteLength;
    if (!fits) throw new Error(`${byteLength} bytes from ${offset} were asked for, of ${this.byteLength}.`);
    this.requested += byteLength;
    return Promise.resolve(this.#bytes.slice(offset, offset + byteLength) as Uint8Array<ArrayBuffer>);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('a safetensors file with a damaged head', () => {
  it('gives an ExportError, or tensors inside the file; no more is read than the file has', async () => {
    const whole = encodeSafetensors(tensors);
    const headEnd = whole.byteLength - 58;
    const random = seededRandom(20261124);
    const upTo = (limit: number) => Math.floor(random() * limit);
    const pick = () => (random() < 0.5 ? (telling[upTo(telling.length)] as number) : upTo(256));
    let refused = 0;
    let accepted = 0;
    for (let run = 0; run < 10_000; run++) {
      let bytes = Uint8Array.from(whole);
      const kind = random();
      if (kind < 0.1) bytes = bytes.subarray(0, upTo(bytes.byteLength));
      else if (kind < 0.2) bytes[upTo(8)] = upTo(256);
      const end = Math.min(headEnd, bytes.byteLength);
      if (kind >= 0.15 && end > 0) {
        for (let change = 0; change <= upTo(5); change++)
          bytes[kind < 0.3 ? upTo(end) : Math.min(8 + upTo(end), end - 1)] = pick();
      }
      const source = new StrictSource(bytes);
      try {
        const reader = await SafetensorsReader.open(source);
        accepted++;
        expect(source.requested).toBeLessThanOrEqual(bytes.byteLength);
        for (const { name, type, offset, byteLength } of reader.header.tensors.values()) {
          expect(offset + byteLength).toBeLessThanOrEqual(bytes.byteLength);
          if (type === 'F32' || type === 'F16' || type === 'BF16') await reader.readFloat32(name);
        }
      } catch (error) {
        expect(error, String(error)).toBeInstanceOf(ExportError);
        refused++;
      }
      expect(source.requested).toBeLessThanOrEqual(2 * bytes.byteLength);
    }
    expect(refused).toBeGreaterThan(7000);
    expect(accepted).toBeGreaterThan(100);
  }, 60_000);
});
