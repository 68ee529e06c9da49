import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseReceipt, readReceipt } from '../../../main/receipt/read-receipt.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { aReceipt } from './a-receipt.ts';

it('reads a receipt as it was written', async () => {
  const path = join(temporaryFolder(), 'receipt.json');
  writeFileSync(path, JSON.stringify(aReceipt()));
  expect(await readReceipt(path)).toEqual(aReceipt());
});

it.each<[string, string, string, RegExp]>([
  ['text', 'Bonjour', 'FILE_FORMAT_UNKNOWN', /not JSON/],
  ['another JSON', '{"version":1}', 'FILE_FORMAT_UNKNOWN', /"format"/],
  ['a newer version', JSON.stringify({ ...aReceipt(), version: 7 }), 'FILE_FORMAT_UNKNOWN', /version 7/],
  ['no prompt', JSON.stringify({ ...aReceipt(), promptIds: [] }), 'FILE_CORRUPT', /promptIds/],
  [
    'no seed',
    JSON.stringify({ ...aReceipt(), sampling: { ...aReceipt().sampling, seed: null } }),
    'FILE_CORRUPT',
    /seed/,
  ],
  [
    'a hash that is none',
    JSON.stringify({ ...aReceipt(), model: { ...aReceipt().model, graphSha256: 'x' } }),
    'FILE_CORRUPT',
    /graphSha256/,
  ],
])('refuses %s and says why', (_name, text, code, message) => {
  expect(() => parseReceipt('r.json', text)).toThrow(expect.objectContaining({ code }));
  expect(() => parseReceipt('r.json', text)).toThrow(message);
});

it('refuses what is no file', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'receipt.json'));
  for (const name of ['receipt.json', 'absent.json']) {
    await expect(readReceipt(join(folder, name))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  }
});
