/** From nothing to a page that can be opened, and to a first answer on the command line: what a user waits for. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryFolder, sourceEntry } from '../fixtures/workbench.ts';
import { summarise, timed, type Row } from './measure.ts';

const rounds = 3;

export async function startBench(): Promise<Row[]> {
  const asking = await timed(rounds, () => {
    const { status } = spawnSync(process.execPath, [
      sourceEntry,
      'ask',
      'Quelle est la capitale de la France ?',
      '--temperature',
      '0',
    ]);
    if (status !== 0) throw new Error(`lucie ask ended with code ${status}.`);
  });
  return [
    summarise('lucie ask, from the shell to the end of a sentence', 'ms', asking),
    summarise('lucie serve, from the shell to the URL', 'ms', await timed(rounds, serveOnce)),
  ];
}

function serveOnce(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lucie-bench-'));
  const child = spawn(process.execPath, [join(repositoryFolder, 'out/main/cli.js'), 'serve', '--data', folder]);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', () => child.kill('SIGTERM'));
    child.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
      resolve();
    });
  });
}
