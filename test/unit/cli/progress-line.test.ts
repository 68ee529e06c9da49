import { expect, test } from 'vitest';
import { megabytes, ProgressLine, type Output } from '../../../main/cli/progress-line.ts';

function recorder(isTTY: boolean): Output & { text: string } {
  const output = { isTTY, columns: 120, text: '', write: (text: string) => (output.text += text) };
  return output;
}

test('in a terminal one line is rewritten, with speed and time left, not more often than it can be read', () => {
  const output = recorder(true);
  let now = 0;
  const line = new ProgressLine(output, () => now);
  line.update({ phase: 'list', done: 0, total: null, unit: 'files' });
  for (now = 0; now <= 2_000; now += 50) {
    line.update({ phase: 'download', done: now * 100_000, total: 13_400_000_000, unit: 'bytes' });
  }
  line.note('config.json');
  line.end();
  const lines = output.text.split('\r\u001b[K').slice(1);
  expect(lines).toHaveLength(1 + 11 + 1);
  expect(lines[1]).toBe('download  0 %  0 B of 13.40 GB');
  expect(lines.at(-2)).toBe('download  1 %  200.0 MB of 13.40 GB  100.0 MB/s  2 min 12 s left');
  expect(output.text).not.toContain('\n');
});

test('elsewhere only what is done is written, a line each', () => {
  const output = recorder(false);
  const line = new ProgressLine(output);
  line.update({ phase: 'download', done: 1, total: 2, unit: 'bytes' });
  line.note('config.json');
  line.end();
  expect(output.text).toBe('config.json\n');
});

test.each([
  [999, '999 B'],
  [26_800, '26.8 kB'],
  [4_920_000_000, '4.92 GB'],
])('%i bytes', (bytes, text) => expect(megabytes(bytes)).toBe(text));
