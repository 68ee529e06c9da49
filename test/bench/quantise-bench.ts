/** Quantising rows that are in memory, on one thread: what the kernel does without reading, writing and hashing. */
import { quantizeRows } from '../../native-models/quantize/quantize-rows.ts';
import { summarise, timed, type Row } from './measure.ts';

const rows = 128;
const columns = 4096;
const runs = 20;

export async function quantiseBench(): Promise<Row[]> {
  const bytes = new Uint8Array(new Uint16Array(rows * columns).buffer);
  for (let i = 0; i < bytes.length; i += 2) {
    // Bfloat16 of either sign, between 2^-9 and 2^-5: what weights are like.
    bytes[i] = (i * 2_654_435_761) >>> 24;
    bytes[i + 1] = 0x3b + (((i * 40_503) >>> 8) % 3) + (i % 4 === 0 ? 0x80 : 0);
  }
  const table: Row[] = [];
  for (const bits of [4, 8] as const) {
    for (const blockSize of [32, 128]) {
      for (const symmetric of [true, false]) {
        const format = { bits, blockSize, symmetric };
        const request = { tensor: 'w', firstRow: 0, bytes, type: 'BF16', rows, columns, format } as const;
        const milliseconds = await timed(runs, () => quantizeRows({ ...request, scaleType: 'float32' }));
        const what = `int${bits}, block ${blockSize}${symmetric ? '' : ', asymmetric (TypeScript)'}`;
        const rates = milliseconds.map((ms) => (rows * columns) / ms / 1_000);
        table.push(summarise(what, 'M weights/s', rates));
      }
    }
  }
  return table;
}
