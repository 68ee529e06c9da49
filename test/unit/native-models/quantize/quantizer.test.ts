import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quantizeRows } from '../../../../native-models/quantize/quantize-rows.ts';
import type { RowsRequest } from '../../../../native-models/quantize/rows-request.ts';
import { Quantizer, type QuantizerOptions } from '../../../../native-models/quantize/quantizer.ts';
import { seededRandom } from '../../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

function opened(options: QuantizerOptions): Quantizer {
  const quantizer = new Quantizer(options);
  onTestFinished(() => quantizer.close());
  return quantizer;
}

function request(seed: number, rows: number): RowsRequest {
  const random = seededRandom(seed);
  const values = Float32Array.from({ length: rows * 96 }, () => random() - 0.5);
  const format = { bits: 4, blockSize: 32, symmetric: seed % 2 === 0 } as const;
  const bytes = new Uint8Array(values.buffer);
  return { tensor: 'w', firstRow: 0, bytes, type: 'F32', rows, columns: 96, format, scaleType: 'float32' };
}

/** A thread that does as the test says. */
function moduleOf(source: string): string {
  const path = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(path, `import { parentPort } from 'node:worker_threads';\n${source}`);
  return path;
}

describe('Quantizer', () => {
  it.each([0, 1, 3])('gives with %i threads what is given without', async (workers) => {
    const quantizer = opened({ workers });
    const requests = Array.from({ length: 20 }, (_, seed) => request(seed, 1 + (seed % 5)));
    const results = await Promise.all(requests.map((rows) => quantizer.quantize(rows)));
    for (const [index, rows] of requests.entries()) {
      const { codes, scales, zeroPoints, rowErrors } = quantizeRows(rows);
      expect(results[index]).toMatchObject({ codes, scales, zeroPoints, rowErrors });
    }
  });

  it('names the tensor and the row of a weight that is not a number', async () => {
    const quantizer = opened({ workers: 1 });
    const wrong = request(2, 3);
    new Float32Array(wrong.bytes.buffer)[96 + 5] = Number.NaN;
    const refused = {
      code: 'safetensors.invalid',
      message: expect.stringContaining('"w"') as string,
      details: { row: 101 },
    };
    await expect(quantizer.quantize({ ...wrong, firstRow: 100 })).rejects.toMatchObject(refused);
    // The thread goes on.
    await expect(quantizer.quantize(request(4, 2))).resolves.toBeDefined();
  });

  it('says so where a thread ends, to all that wait for it and to those that come after', async () => {
    const workerModule = moduleOf(`parentPort.on('message', () => { throw new Error('out of luck'); });`);
    const quantizer = opened({ workers: 1, workerModule });
    const results = await Promise.allSettled([quantizer.quantize(request(1, 1)), quantizer.quantize(request(2, 1))]);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'worker.failed' } });
      expect(String((result as PromiseRejectedResult).reason)).toContain('out of luck');
    }
    await expect(quantizer.quantize(request(3, 1))).rejects.toMatchObject({ code: 'worker.failed' });
  });

  it('never hands rows to a thread that ended while it had nothing to do', async () => {
    const workerModule = moduleOf(
      `parentPort.on('message', ({ id }) => {
         parentPort.postMessage({ id, rows: {} });
         setTimeout(() => process.exit(1), 50);
       });`,
    );
    const quantizer = opened({ workers: 1, workerModule });
    await quantizer.quantize(request(1, 1));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(quantizer.quantize(request(2, 1))).rejects.toMatchObject({ code: 'worker.failed' });
  });

  it('says so where its threads cannot be started', async () => {
    const quantizer = opened({ workers: 2, workerModule: join(temporaryFolder(), 'nowhere.mjs') });
    await expect(quantizer.quantize(request(1, 1))).rejects.toMatchObject({ code: 'worker.failed' });
  });

  it('gives up what is in work when it is closed', async () => {
    const quantizer = opened({ workers: 1, workerModule: moduleOf(`parentPort.on('message', () => {});`) });
    const waiting = quantizer.quantize(request(1, 1));
    const refused = expect(waiting).rejects.toMatchObject({ code: 'worker.failed' });
    await quantizer.close();
    await refused;
  });
});
