import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTinyLlama } from '../../fixtures/reference/tiny-llama.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const nativeModels = join(import.meta.dirname, '..', '..', '..', 'native-models');
const program = join(nativeModels, 'export-cli.ts');
const demoFolder = join(nativeModels, 'demo', 'lucie-demo');

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
}

describe('export-cli', () => {
  it('exports, and lists the files with their sizes', async () => {
    const folder = temporaryFolder();
    await writeTinyLlama(join(folder, 'source'));
    const { status, stdout, stderr } = run(join(folder, 'source'), join(folder, 'output'), '--variants', 'fp32,q4');
    expect(stderr).toContain('convert 100 %');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\tonnx\/model_q4\.onnx$/m);
    expect(await readdir(join(folder, 'output', 'onnx'))).toHaveLength(4);
  });

  it('exports what each kind of machine runs best, with an int8 cache where it is given text', async () => {
    const folder = temporaryFolder();
    const text = join(folder, 'text.txt');
    await writeFile(text, 'La mer est haute, le vent se lève et les bateaux rentrent au port. '.repeat(20));
    const { status, stdout } = run(demoFolder, join(folder, 'output'), '--target', 'both', '--calibrate', text);
    expect(status).toBe(0);
    const graphs = ['model_q4.onnx', 'model_q4_kv8.onnx', 'model_q4f16.onnx'];
    for (const graph of graphs) expect(stdout).toContain(`onnx/${graph}\n`);
    const files = await readdir(join(folder, 'output', 'onnx'));
    expect(files.filter((name) => name.endsWith('.onnx')).sort()).toEqual(graphs);
  });

  it('calibrates on its own text unless told not to', async () => {
    const folder = temporaryFolder();
    const graphs = async (output: string) =>
      (await readdir(join(folder, output, 'onnx'))).filter((name) => name.endsWith('.onnx')).sort();
    expect(run(demoFolder, join(folder, 'with'), '--target', 'cpu').status).toBe(0);
    expect(await graphs('with')).toEqual(['model_q4.onnx', 'model_q4_kv8.onnx']);
    expect(run(demoFolder, join(folder, 'without'), '--target', 'cpu', '--no-calibrate').status).toBe(0);
    expect(await graphs('without')).toEqual(['model_q4.onnx']);
  });

  it.each<[string, string[], RegExp]>([
    [
      'calibration with and without',
      ['a', 'b', '--target', 'cpu', '--calibrate', 'c', '--no-calibrate'],
      /no calibration/,
    ],
    ['an unknown target', ['a', 'b', '--target', 'tpu'], /Unknown target "tpu"; known: gpu, cpu, both/],
    ['a target and variants', ['a', 'b', '--target', 'cpu', '--variants', 'q4'], /A target has its own variants/],
    ['a text that is not there', ['a', 'b', '--target', 'cpu', '--calibrate', '/no.txt'], /\/no\.txt cannot be read/],
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
