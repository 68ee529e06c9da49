/** `lucie models convert | verify | remove`, as a user calls them. */
import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultCommit, demoRepository, hubDouble, modelRepository } from '../../fixtures/hub-double/index.ts';
import { lucie } from '../../fixtures/lucie.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { embedded } from '../../fixtures/workbench.ts';

const name = 'OpenLLM-France/Lucie-Demo';
const question = ['Quelle est la capitale de la France ?', '--temperature', '0'];

test('a model of the hub is converted without its weights being stored, answers, is verified and deleted', async () => {
  const double = await hubDouble({ repositories: [demoRepository({ access: 'private' })], token: 'hf_secret' });
  const data = temporaryFolder();
  const environment = { HF_ENDPOINT: double.endpoint, HF_TOKEN: 'hf_secret', LUCIE_DATA: data };
  const folder = join(data, 'models', 'OpenLLM-France', 'Lucie-Demo', 'main');
  const converted = await lucie(['models', 'convert', name], environment);
  expect(converted).toMatchObject({ code: 0, output: `${folder}\n` });
  expect(converted.errors).not.toContain('hf_secret');
  expect(existsSync(join(folder, 'model.safetensors'))).toBe(false);
  const record = JSON.parse(readFileSync(join(folder, 'workbench.json'), 'utf8')) as Record<string, unknown>;
  expect(record.source).toMatchObject({ origin: { repository: name, revision: defaultCommit }, revision: 'main' });
  // The token is for the hub alone.
  expect(double.requests.filter(({ host }) => host === 'cdn').every((r) => r.authorization === undefined)).toBe(true);
  const answer = await lucie(['ask', ...question, '--model', folder], environment);
  expect(answer).toMatchObject({ code: 0, output: 'La capitale de la France est Paris.\n' });

  const verified = await lucie(['models', 'verify', name], environment);
  expect(verified.code).toBe(0);
  expect(verified.output).toMatch(/^ok {6}file {2}onnx\/model_q4\.onnx_data {2}/m);
  expect(verified.output).not.toContain('FAILED');
  truncateSync(join(folder, 'onnx', 'model_q4.onnx_data'), 1_000_000);
  const damaged = await lucie(['models', 'verify', folder], environment);
  expect(damaged.code).toBe(1);
  expect(damaged.output).toMatch(/^FAILED {2}file {2}onnx\/model_q4\.onnx_data {2}.*1000000 bytes/m);
  expect(damaged.errors).toMatch(/\d+ of \d+ checks failed[\s\S]*convert it again/);

  expect(await lucie(['models', 'remove', `${name}@main`], environment)).toMatchObject({ code: 0 });
  expect(existsSync(join(data, 'models', 'OpenLLM-France'))).toBe(false);
  const gone = await lucie(['models', 'remove', name], environment);
  expect(gone).toMatchObject({ code: 1 });
});

test('a folder is converted where it lies, without an int8 cache where none is wanted', async () => {
  const folder = join(temporaryFolder(), 'published');
  await cp(embedded.modelFolder, folder, { recursive: true, filter: (path) => !path.includes('onnx') });
  const environment = { LUCIE_DATA: temporaryFolder() };
  const converted = await lucie(['models', 'convert', folder, '--no-calibrate'], environment);
  expect(converted).toMatchObject({ code: 0, output: `${folder}\n` });
  expect(existsSync(join(folder, 'onnx', 'model_q4.onnx'))).toBe(true);
  expect(existsSync(join(folder, 'onnx', 'model_q4_kv8.onnx'))).toBe(false);
  const refused = await lucie(['models', 'remove', folder], environment);
  expect(refused.code).toBe(1);
  expect(refused.errors).toContain("not in the workbench's own folder");
  expect(existsSync(join(folder, 'config.json'))).toBe(true);
});

test('Ctrl+C ends a conversion with 130; the same command goes on', async () => {
  const double = await hubDouble({ repositories: [demoRepository()] });
  double.fault = ({ range }) => (range === undefined ? null : { kind: 'slow', bytesPerSecond: 2_000_000 });
  const to = join(temporaryFolder(), 'model');
  const environment = { HF_ENDPOINT: double.endpoint, LUCIE_DATA: temporaryFolder() };
  const interrupted = await lucie(['models', 'convert', name, '--to', to], environment, () =>
    existsSync(join(to, '.export', 'onnx', 'model_q4.onnx_data')),
  );
  expect(interrupted).toMatchObject({ code: 130, output: '' });
  expect(existsSync(join(to, 'config.json'))).toBe(false);
  double.fault = () => null;
  expect(await lucie(['models', 'convert', name, '--to', to], environment)).toMatchObject({
    code: 0,
    output: `${to}\n`,
  });
  expect(existsSync(join(to, '.export'))).toBe(false);
});

test.each([
  ['a target that is unknown', 2, [name, '--target', 'tpu'], /--target is cpu, gpu or both/],
  ['nothing to convert', 2, [], /needs one OWNER\/NAME/],
  ['texts and none', 2, [name, '--calibrate', 'a.txt', '--no-calibrate'], /exclude each other/],
  ['no repository and no folder', 1, ['nowhere'], /owner\/name/],
  ['a configuration that is none', 1, ['a/open'], /config\.json is not/],
  ['a text that is not there', 1, ['a/open', '--calibrate', '/nowhere.txt'], /nowhere\.txt/],
] as const)('%s: code %i and what to do', async (_name, code, args, message) => {
  const double = await hubDouble({ repositories: [{ ...modelRepository(5_000), name: 'a/open' }] });
  const data = temporaryFolder();
  const run = await lucie(['models', 'convert', ...args], { HF_ENDPOINT: double.endpoint, LUCIE_DATA: data });
  expect(run).toMatchObject({ code, output: '' });
  expect(run.errors).toMatch(message);
  expect(run.errors).not.toContain('    at ');
});

test('verifying what nobody recorded says so', async () => {
  const folder = join(temporaryFolder(), 'foreign');
  await cp(embedded.modelFolder, folder, { recursive: true, filter: (path) => !path.endsWith('workbench.json') });
  const run = await lucie(['models', 'verify', folder], { LUCIE_DATA: temporaryFolder() });
  expect(run.code).toBe(1);
  expect(run.errors).toContain('neither workbench.json nor hub.json');
});
