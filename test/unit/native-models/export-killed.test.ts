/** An export that is killed without warning, at points spread over its work on the disk, and run again. */
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeModelFolder } from '../../../main/models/model-folder.ts';
import { exportModel } from '../../../native-models/export.ts';
import { seededRandom, writeTinyLlama } from '../../fixtures/reference/tiny-llama.ts';
import { killedRequest } from '../../fixtures/export/killed-request.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const program = join(import.meta.dirname, '..', '..', 'fixtures', 'export', 'killed-export.ts');

/** Work that changes no file, so that it is killed by its progress. */
const phases = ['calibrate', 'verify'];

function runKilled(...args: string[]): { signal: string | null; stdout: string } {
  const { signal, stdout } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { signal, stdout };
}

async function contents(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths.map(async (path): Promise<[string, string]> => [
    path.slice(folder.length + 1),
    (await readFile(path)).toString('base64'),
  ]);
  return new Map((await Promise.all(read)).sort(([a], [b]) => a.localeCompare(b)));
}

const isReady = async (folder: string) =>
  (await describeModelFolder(folder, { id: folder, embedded: false, removable: false })).problem === null;

describe('an export that is killed', () => {
  it('gives the same bytes when it is run again, and is never listed as ready half-finished', async () => {
    const folder = temporaryFolder();
    const source = join(folder, 'source');
    await writeTinyLlama(source, { shards: 2, inverseFrequencies: true });
    const whole = join(folder, 'whole');
    await exportModel({ sourceFolder: source, outputFolder: whole, ...killedRequest });
    const expected = await contents(whole);
    const changes = Number(runKilled(source, join(folder, 'counted')).stdout);
    expect(changes).toBeGreaterThan(50);

    const random = seededRandom(20261124);
    // Twelve points anywhere, and six among the last ones, where files get their names.
    const points = Array.from({ length: 18 }, (_, i) =>
      i < 12 ? 3 + Math.floor(random() * (changes - 3)) : changes - 2 - Math.floor(random() * 16),
    );
    for (const point of [...points.map(String), ...phases]) {
      const output = join(folder, `killed-at-${point}-${random()}`);
      expect(runKilled(source, output, point).signal, `point ${point} of ${changes}`).toBe('SIGKILL');
      if (await isReady(output)) {
        for (const [name, bytes] of await contents(output)) {
          if (name.startsWith('onnx/')) expect(bytes, `${name} at ${point}`).toBe(expected.get(name));
        }
      }
      await exportModel({ sourceFolder: source, outputFolder: output, ...killedRequest });
      expect(await contents(output), `point ${point} of ${changes}`).toEqual(expected);
      expect(await isReady(output)).toBe(true);
    }
  }, 120_000);

  it.each([
    ['does not calibrate again what it knew when it was stopped', killedRequest.calibrationSequences, false],
    ['begins again when it is to be calibrated with another text', () => Promise.resolve([[1, 2]]), true],
  ])('%s', async (_, calibrationSequences, again) => {
    const folder = temporaryFolder();
    const source = join(folder, 'source');
    await writeTinyLlama(source);
    const request = { sourceFolder: source, outputFolder: join(folder, 'output'), ...killedRequest };
    const cancel = new AbortController();
    const stopped = exportModel({
      ...request,
      interrupted: 'keep',
      signal: cancel.signal,
      onProgress: ({ phase, done, total }) => {
        if (phase === 'calibrate' && done === total) cancel.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const seen = new Set<string>();
    await exportModel({ ...request, calibrationSequences, onProgress: ({ phase }) => void seen.add(phase) });
    expect(seen.has('calibrate')).toBe(again);
    await exportModel({ ...request, calibrationSequences, outputFolder: join(folder, 'whole') });
    expect(await contents(request.outputFolder)).toEqual(await contents(join(folder, 'whole')));
  });

  it('goes on where it was: what is written is not made again', async () => {
    const folder = temporaryFolder();
    const source = join(folder, 'source');
    await writeTinyLlama(source);
    const request = { sourceFolder: source, outputFolder: join(folder, 'output'), variants: ['fp32'] as const };
    const cancel = new AbortController();
    let reached = 0;
    const cancelled = exportModel({
      ...request,
      interrupted: 'keep',
      signal: cancel.signal,
      onProgress: ({ phase, done, total }) => {
        if (phase !== 'convert' || done < total / 2) return;
        reached = done;
        cancel.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    const seen: number[] = [];
    await exportModel({ ...request, onProgress: ({ phase, done }) => void (phase === 'convert' && seen.push(done)) });
    expect(seen[0]).toBeGreaterThan(reached / 2);
    await exportModel({ ...request, outputFolder: join(folder, 'whole') });
    expect(await contents(request.outputFolder)).toEqual(await contents(join(folder, 'whole')));
  });
});
