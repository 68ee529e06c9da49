/** kill -9 at random points of a download, again and again: the end is byte-identical, and nothing half is ever named. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wrongFiles, filesBelow } from '../../fixtures/hub-double/compare.ts';
import { hubDouble, modelRepository } from '../../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const child = join(import.meta.dirname, '../../fixtures/hub-double/pull-child.ts');

/** A small linear congruential generator: the same points in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

interface Pull {
  endpoint: string;
  to: string;
  name: string;
}

/** Runs until `kill` says so, asked with every line; returns the bytes that were there at the first and the last word. */
async function pull({ endpoint, to, name }: Pull, kill: (done: number[]) => boolean, delayMs = 0) {
  const started = spawn(process.execPath, [child, endpoint, to, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  const done: number[] = [];
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const [, count] of text.matchAll(/^download (\d+)$/gm)) done.push(Number(count));
    if (kill(done)) setTimeout(() => started.kill('SIGKILL'), delayMs);
  });
  const [code] = (await once(started, 'close')) as [number | null];
  return { code, first: done[0] ?? 0, last: done.at(-1) ?? 0 };
}

test('20 kills, then one run to the end', async () => {
  const { files: single, name } = modelRepository();
  const { 'model.safetensors': _weights, ...files } = single;
  files['model-00001-of-00002.safetensors'] = randomBytes(600_000);
  files['model-00002-of-00002.safetensors'] = randomBytes(300_000);
  files['model.safetensors.index.json'] = Buffer.from('{}');
  const repository = { name, files };
  const double = await hubDouble({ repositories: [repository] });
  const place = { endpoint: double.endpoint, to: temporaryFolder(), name };
  const random = seeded(7);
  let resumed = 0;

  double.fault = ({ host }) => (host === 'cdn' ? { kind: 'slow', bytesPerSecond: 150_000 } : null);
  for (let count = 0; count < 15; count++) {
    const further = random() * 60_000;
    const run = await pull(place, (done) => Number(done.at(-1)) - Number(done[0]) >= further);
    expect(run.code).toBeNull();
    expect(filesBelow(place.to)).not.toContain('config.json');
    expect(wrongFiles(place.to, repository)).toEqual([]);
    if (run.first > 0) resumed++;
  }
  expect(resumed).toBeGreaterThan(10);

  // Without the brake these fall into checking, verifying and naming.
  double.fault = () => null;
  const expected = Object.keys(files).filter((path) => !['.gitattributes', 'pytorch_model.bin'].includes(path));
  for (let count = 0; count < 5; count++) {
    await pull(place, () => true, random() * 80);
    const names = filesBelow(place.to);
    if (names.includes('config.json')) expect(names).toEqual(expect.arrayContaining(expected));
    expect(wrongFiles(place.to, repository)).toEqual([]);
  }

  expect(await pull(place, () => false)).toMatchObject({ code: 0 });
  expect(filesBelow(place.to)).toEqual([...expected, 'hub.json'].sort());
  expect(wrongFiles(place.to, repository)).toEqual([]);
});
