import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTinyLlama } from '../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const program = join(import.meta.dirname, '..', '..', '..', 'native-models', 'export-cli.ts');

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
}

describe('export-cli', () => {
  it('exports, and lists the files with their sizes', async () => {
    const folder = temporaryFolder();
    await writeTinyLlama(join(folder, 'source'));
    const { status, stdout, stderr } = run(join(folder, 'source'), join(folder, 'output'), '--variants', 'fp32,q4');
    expect(stderr).toContain('q4 100 %');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\tonnx\/model_q4\.onnx$/m);
    expect(await readdir(join(folder, 'output', 'onnx'))).toHaveLength(4);
  });

  it.each<[string, string[], RegExp]>([
    ['one folder', ['only-one'], /Two folders are needed; 1 given/],
    ['an unknown variant', ['a', 'b', '--variants', 'q5'], /Unknown variant "q5"; known: fp32, q4/],
    ['an unknown option', ['a', 'b', '--fast'], /--fast/],
    ['a source that is not there', ['/nowhere', '/nowhere-either'], /\/nowhere holds no config\.json/],
  ])('says what is wrong with %s and exits with 1, without a stack trace', (_, args, message) => {
    const { status, stderr } = run(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(status).toBe(1);
  });
});
