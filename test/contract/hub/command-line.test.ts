/** `lucie models pull` and what `lucie models` shows of it, as a user calls them. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wrongFiles } from '../../fixtures/hub-double/compare.ts';
import { defaultCommit, demoRepository, hubDouble, modelRepository } from '../../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { lucie } from '../../fixtures/lucie.ts';
import { embedded } from '../../fixtures/workbench.ts';

const name = 'OpenLLM-France/Tiny-Lucie';

test('a model is pulled into the data folder, verified, and listed', async () => {
  const repository = modelRepository(50_000, { revisions: { step0005000: defaultCommit } });
  const double = await hubDouble({ repositories: [repository], token: 'hf_secret' });
  const data = temporaryFolder();
  const environment = { HF_ENDPOINT: double.endpoint, HF_TOKEN: 'hf_secret', LUCIE_DATA: data };
  const folder = join(data, 'models', 'OpenLLM-France', 'Tiny-Lucie', 'step0005000');
  const pulled = await lucie(['models', 'pull', `${name}@step0005000`], environment);
  expect(pulled).toMatchObject({ code: 0, output: `${folder}\n` });
  expect(pulled.errors).toMatch(/^config\.json {2}\d+ B {2}downloaded$/m);
  expect(pulled.errors).toMatch(/^model\.safetensors {2}50\.0 kB {2}downloaded$/m);
  expect(pulled.errors).toMatch(
    new RegExp(`${name} at ${defaultCommit}: 4 files, 56\\.\\d kB downloaded, all verified`),
  );
  expect(pulled.errors).not.toMatch(/\r|hf_secret/);
  expect(wrongFiles(folder, repository)).toEqual([]);
  const again = await lucie(['models', 'pull', `${name}@step0005000`], environment);
  expect(again.errors).toMatch(/^model\.safetensors {2}50\.0 kB {2}present$/m);
  // No ONNX yet: listed, with what to do.
  const listed = await lucie(['models'], environment);
  expect(listed.code).toBe(0);
  expect(listed.output).toContain(`${folder}\n  ${folder}\n  The model folder ${folder} has no .onnx file`);
});

test('an ONNX model of the hub is listed, and answers', async () => {
  const files: Record<string, Buffer> = {};
  const source = embedded.modelFolder;
  for (const path of readdirSync(source).filter((path) => path.endsWith('.json'))) {
    files[path] = readFileSync(join(source, path));
  }
  for (const path of readdirSync(join(source, 'onnx')))
    files[`onnx/${path}`] = readFileSync(join(source, 'onnx', path));
  const double = await hubDouble({ repositories: [{ name, files }] });
  const data = temporaryFolder();
  const environment = { HF_ENDPOINT: double.endpoint, LUCIE_DATA: data };
  const pulled = await lucie(['models', 'pull', name, '--onnx'], environment);
  expect(pulled).toMatchObject({ code: 0 });
  const folder = pulled.output.trim();
  const listed = await lucie(['models', 'list', '--data', data], environment);
  expect(listed.output).toContain(`${folder}\n  ${folder}\n  LlamaForCausalLM, 4 layers of 256`);
  const answer = await lucie(
    ['ask', 'Quelle est la capitale de la France ?', '--temperature', '0', '--model', folder],
    environment,
  );
  expect(answer).toMatchObject({ code: 0, output: 'La capitale de la France est Paris.\n' });
});

test('Ctrl+C ends it with 130; the same command goes on', async () => {
  const repository = modelRepository(100_000);
  const double = await hubDouble({ repositories: [repository] });
  double.fault = ({ host }) => (host === 'cdn' ? { kind: 'slow', bytesPerSecond: 50_000 } : null);
  const to = join(temporaryFolder(), 'model');
  const environment = { HF_ENDPOINT: double.endpoint, LUCIE_DATA: temporaryFolder() };
  const interrupted = await lucie(['models', 'pull', name, '--to', to], environment, () =>
    double.requests.some(({ host, path }) => host === 'cdn' && path.endsWith('model.safetensors')),
  );
  expect(interrupted).toMatchObject({ code: 130, output: '' });
  expect(interrupted.errors).toContain('what has arrived is kept');
  expect(existsSync(join(to, 'config.json'))).toBe(false);
  double.fault = () => null;
  expect(await lucie(['models', 'pull', name, '--to', to], environment)).toMatchObject({ code: 0, output: `${to}\n` });
  expect(wrongFiles(to, repository)).toEqual([]);
});

test.each([
  ['a private model', 1, [name], /private or does not exist[\s\S]*HF_TOKEN/],
  ['weights that are not there', 1, ['a/open', '--onnx'], /no onnx[\s\S]*safetensors/],
  ['a revision that is not there', 1, ['a/open@nowhere'], /at nowhere/],
  ['no repository', 1, ['Lucie'], /owner\/name/],
  ['no name', 2, [], /needs one OWNER\/NAME/],
  ['both forms', 2, ['a/open', '--onnx', '--safetensors'], /exclude each other/],
] as const)('%s: code %i and what to do', async (_name, code, args, message) => {
  const open = { ...modelRepository(5_000), name: 'a/open' };
  const double = await hubDouble({ repositories: [modelRepository(5_000, { access: 'private' }), open], token: 'x' });
  const run = await lucie(['models', 'pull', ...args], { HF_ENDPOINT: double.endpoint, LUCIE_DATA: temporaryFolder() });
  expect(run).toMatchObject({ code, output: '' });
  expect(run.errors).toMatch(message);
  expect(run.errors).not.toContain('    at ');
});

test('a verb that is unknown: code 2', async () => {
  const run = await lucie(['models', 'dance'], { LUCIE_DATA: temporaryFolder() });
  expect(run.code).toBe(2);
  expect(run.errors).toMatch(/knows convert, list, pull, remove, verify, not "dance"/);
});

test('the tokenizer of a repository is compared: fetched once, alone, and used without a network afterwards', async () => {
  const double = await hubDouble({ repositories: [demoRepository()] });
  const data = temporaryFolder();
  const args = ['compare', '--tokenizer', 'OpenLLM-France/Lucie-Demo', '--data', data, join(data, 'text.txt')];
  writeFileSync(join(data, 'text.txt'), 'Le chat dort.');
  const online = await lucie(args, { HF_ENDPOINT: double.endpoint });
  expect(online).toMatchObject({ code: 0, errors: '' });
  expect(online.output).toMatch(/^OpenLLM-France\/Lucie-Demo +6144 +\d/m);
  expect(double.requests.filter(({ host }) => host === 'cdn').map(({ path }) => path)).toEqual([
    '/OpenLLM-France/Lucie-Demo/tokenizer.json',
  ]);
  await double.stop();
  const offline = await lucie(args, { HF_ENDPOINT: 'http://127.0.0.1:9' });
  expect(offline).toMatchObject({ code: 0, output: online.output });
  expect(offline.errors).toBe(
    `The hub cannot be reached: OpenLLM-France/Lucie-Demo is what was fetched before (${defaultCommit.slice(0, 7)}).\n`,
  );
});
