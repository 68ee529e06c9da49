import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Progress } from '../../../main/contract/progress.ts';
import {
  downloadFiles,
  listFiles,
  parseModelName,
  pullModel,
  resolveRevision,
  type PullOptions,
} from '../../../main/hub/index.ts';
import { filesBelow, wrongFiles } from '../../fixtures/hub-double/compare.ts';
import { accessTo, defaultCommit, hubDouble, modelRepository, treeEntries } from '../../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const name = 'OpenLLM-France/Tiny-Lucie';
const wanted = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];

function options(change: Partial<PullOptions> = {}): PullOptions {
  return {
    ...parseModelName(name),
    form: null,
    to: join(temporaryFolder(), 'a', 'b'),
    signal: new AbortController().signal,
    segmentBytes: 16_000,
    ...change,
  };
}

test('a model arrives whole, in several ranges at once, and nothing else is left in its folder', async () => {
  const repository = modelRepository();
  const double = await hubDouble({ repositories: [repository] });
  const progress: Progress[] = [];
  const told: string[] = [];
  const pull = options({
    onProgress: (step) => progress.push(step),
    onFile: (file, how) => told.push(`${file.path} ${how}`),
  });
  const pulled = await pullModel(accessTo(double), pull);
  expect(pulled).toMatchObject({ folder: pull.to, commit: defaultCommit });
  expect(filesBelow(pull.to)).toEqual([...wanted, 'hub.json'].sort());
  expect(wrongFiles(pull.to, repository)).toEqual([]);
  expect(told.sort()).toEqual(wanted.map((path) => `${path} downloaded`));
  expect(pulled.downloadedBytes).toBe(wanted.reduce((sum, path) => sum + Number(repository.files[path]?.length), 0));
  const ranges = double.requests.filter(({ host, path }) => host === 'cdn' && path.endsWith('model.safetensors'));
  expect(ranges.map(({ range }) => range).sort()).toHaveLength(7);
  expect(new Set(ranges.map(({ range }) => range)).size).toBe(7);
  const downloads = progress.filter(({ phase }) => phase === 'download');
  expect(downloads.at(-1)).toEqual({
    phase: 'download',
    done: pulled.downloadedBytes,
    total: pulled.downloadedBytes,
    unit: 'bytes',
  });
  expect(downloads.every(({ done }, index) => done >= (downloads[index - 1]?.done ?? 0))).toBe(true);
  const note = JSON.parse(readFileSync(join(pull.to, 'hub.json'), 'utf8')) as object;
  expect(note).toMatchObject({ repository: name, revision: 'main', commit: defaultCommit });
});

test('everything is asked for by commit, of the endpoint and of where it redirects to', async () => {
  const commit = 'ab'.repeat(20);
  const double = await hubDouble({ repositories: [modelRepository(9_000, { revisions: { 'refs/pr/1': commit } })] });
  await pullModel(accessTo(double), options({ revision: 'refs/pr/1' }));
  const asked = double.requests.filter(({ host }) => host === 'hub').map(({ url }) => url.split('?')[0]);
  expect(asked.slice(0, 2)).toEqual([
    `/api/models/${name}/revision/refs%2Fpr%2F1`,
    `/api/models/${name}/tree/${commit}`,
  ]);
  for (const path of asked.slice(2)) expect(path).toContain(`/${name}/resolve/${commit}/`);
});

test('a second call finds everything there; a damaged or a missing file is fetched again, alone', async () => {
  const repository = modelRepository();
  const double = await hubDouble({ repositories: [repository] });
  const pull = options();
  await pullModel(accessTo(double), pull);
  double.requests.length = 0;
  expect(await pullModel(accessTo(double), pull)).toMatchObject({ downloadedBytes: 0 });
  expect(double.requests).toHaveLength(2);
  rmSync(join(pull.to, 'config.json'));
  const path = join(pull.to, 'tokenizer.json');
  const bytes = readFileSync(path);
  bytes[100] = 255 - Number(bytes[100]);
  writeFileSync(path, bytes);
  double.requests.length = 0;
  await pullModel(accessTo(double), pull);
  const fetched = double.requests
    .filter(({ path }) => path.includes('/resolve/'))
    .map(({ path }) => path.split('/').at(-1));
  expect(fetched.sort()).toEqual(['config.json', 'tokenizer.json']);
  expect(wrongFiles(pull.to, repository)).toEqual([]);
});

test('a new commit replaces the files that differ; until all are there the old model stays as it is', async () => {
  const old = modelRepository();
  const double = await hubDouble({ repositories: [old] });
  const pull = options();
  await pullModel(accessTo(double), pull);
  const fresh = modelRepository(90_000, { files: { ...old.files, 'model.safetensors': randomBytes(90_000) } });
  double.repositories[0] = fresh;
  double.fault = ({ host, range }) => (host === 'cdn' && range?.startsWith('bytes=32000-') ? { kind: 'reset' } : null);
  await expect(pullModel(accessTo(double), pull)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
  expect(wrongFiles(pull.to, old)).toEqual([]);
  expect(filesBelow(pull.to)).toEqual(
    [...wanted, 'hub.json', 'model.safetensors.part', 'model.safetensors.part.json'].sort(),
  );
  double.fault = () => null;
  await pullModel(accessTo(double), pull);
  expect(wrongFiles(pull.to, fresh)).toEqual([]);
  expect(filesBelow(pull.to)).toEqual([...wanted, 'hub.json'].sort());
});

test('a listing in pages is read to its end, and its links cannot lead elsewhere', async () => {
  const files = Object.fromEntries(Array.from({ length: 23 }, (_, index) => [`${index}.txt`, Buffer.from(`${index}`)]));
  const elsewhere = await hubDouble({ repositories: [] });
  const double = await hubDouble({
    repositories: [{ name, type: 'dataset', files }],
    pageSize: 5,
    linkOrigin: elsewhere.endpoint,
  });
  const repository = { type: 'dataset', name } as const;
  const { signal } = new AbortController();
  const commit = await resolveRevision(accessTo(double), repository, 'main', signal);
  const listed = await listFiles(accessTo(double), repository, commit, signal);
  expect(listed.map(({ path }) => path).sort()).toEqual(Object.keys(files).sort());
  expect(elsewhere.requests).toEqual([]);
  expect(double.requests.every(({ path }) => path.startsWith(`/api/datasets/${name}/`))).toBe(true);
});

test('the token goes to the hub and not to the host of the files', async () => {
  const double = await hubDouble({ repositories: [modelRepository(9_000, { access: 'private' })], token: 'hf_secret' });
  await pullModel(accessTo(double, 'hf_secret'), options());
  const tokens = (host: string) =>
    new Set(double.requests.filter((one) => one.host === host).map((one) => one.authorization));
  expect(tokens('hub')).toEqual(new Set(['Bearer hf_secret']));
  expect(tokens('cdn')).toEqual(new Set([undefined]));
});

test.each([
  ['private', undefined, /private or does not exist/, /set HF_TOKEN/],
  ['private', 'hf_other', /private or does not exist/, /use a token that may/],
  ['gated', undefined, /accepted its conditions/, /Accept them/],
] as const)(
  'a %s repository with token %s: refused with what to do, without the token',
  async (access, token, message, action) => {
    const double = await hubDouble({ repositories: [modelRepository(9_000, { access })], token: 'hf_secret' });
    const pull = options();
    const error = await pullModel(accessTo(double, token), pull).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'HUB_FORBIDDEN',
      message: expect.stringMatching(message) as string,
      action: expect.stringMatching(action) as string,
    });
    expect(JSON.stringify(error)).not.toContain('hf_');
    expect(filesBelow(pull.to).filter((path) => wanted.includes(path))).toEqual([]);
  },
);

test('a name, a revision that is not there', async () => {
  const double = await hubDouble({ repositories: [modelRepository()] });
  const absent = options({ revision: 'step9' });
  await expect(pullModel(accessTo(double), absent)).rejects.toMatchObject({
    code: 'HUB_NOT_FOUND',
    message: expect.stringContaining('step9') as string,
  });
  const unknown = options({ repository: { type: 'model', name: 'a/b' } });
  await expect(pullModel(accessTo(double), unknown)).rejects.toMatchObject({ code: 'HUB_FORBIDDEN' });
});

test('where naming the files fails half-way the folder is no model', async () => {
  const repository = modelRepository();
  const double = await hubDouble({ repositories: [repository] });
  const pull = options({
    onFile: () => mkdirSync(join(pull.to, 'model.safetensors', 'in-the-way'), { recursive: true }),
    form: 'safetensors',
  });
  await expect(pullModel(accessTo(double), pull)).rejects.toMatchObject({ code: 'FOLDER_UNWRITABLE' });
  expect(filesBelow(pull.to)).not.toContain('config.json');
  rmSync(join(pull.to, 'model.safetensors'), { recursive: true });
  await pullModel(accessTo(double), { ...pull, onFile: () => undefined });
  expect(wrongFiles(pull.to, repository)).toEqual([]);
  expect(filesBelow(pull.to)).toContain('config.json');
});

test('too little space is said before anything is fetched', async () => {
  const double = await hubDouble({ repositories: [modelRepository()] });
  const pull = options({ freeBytes: () => Promise.resolve(100_000) });
  await expect(pullModel(accessTo(double), pull)).rejects.toMatchObject({
    code: 'DISK_FULL',
    details: { bytes: expect.any(Number) as number, limit: 100_000 },
  });
  expect(double.requests.some(({ path }) => path.includes('/resolve/'))).toBe(false);
});

test('nothing is written through a link that lies in the folder', async () => {
  const repository = modelRepository();
  repository.files['onnx/model.onnx'] = randomBytes(5_000);
  const double = await hubDouble({ repositories: [repository] });
  const [to, elsewhere] = [temporaryFolder(), temporaryFolder()];
  symlinkSync(elsewhere, join(to, 'onnx'));
  await expect(pullModel(accessTo(double), options({ to }))).rejects.toMatchObject({ code: 'FOLDER_UNWRITABLE' });
  expect(filesBelow(elsewhere)).toEqual([]);
});

test('a part that is a link is not followed', async () => {
  const double = await hubDouble({ repositories: [modelRepository()] });
  const [to, elsewhere] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(elsewhere, 'precious'), 'x');
  symlinkSync(join(elsewhere, 'precious'), join(to, 'config.json.part'));
  await expect(pullModel(accessTo(double), options({ to }))).rejects.toMatchObject({ code: 'FOLDER_UNWRITABLE' });
  expect(readFileSync(join(elsewhere, 'precious'), 'utf8')).toBe('x');
});

test('a listing with names that leave the folder is refused before anything is fetched', async () => {
  const repository = modelRepository();
  const double = await hubDouble({
    repositories: [repository],
    tree: () => [...treeEntries(repository), { type: 'file', oid: 'a'.repeat(40), size: 1, path: 'onnx/../../x' }],
  });
  const { repository: name, to, signal } = options();
  const access = accessTo(double);
  const files = await listFiles(access, name, defaultCommit, signal);
  const source = { repository: name, commit: defaultCommit };
  await expect(downloadFiles(access, source, files, { to, signal })).rejects.toMatchObject({
    code: 'HUB_RESPONSE_INVALID',
    details: { file: 'onnx/../../x' },
  });
  expect(double.requests.some(({ path }) => path.includes('/resolve/'))).toBe(false);
});

test('one download a folder; the lock of a process that is gone is taken over', async () => {
  const double = await hubDouble({ repositories: [modelRepository()] });
  const pull = options({ to: temporaryFolder() });
  const lock = join(pull.to, '.download.lock');
  writeFileSync(lock, String(process.ppid));
  await expect(pullModel(accessTo(double), pull)).rejects.toMatchObject({
    code: 'FOLDER_UNWRITABLE',
    message: expect.stringContaining(String(process.ppid)) as string,
  });
  writeFileSync(lock, '999999999');
  await pullModel(accessTo(double), pull);
  expect(filesBelow(pull.to)).not.toContain('.download.lock');
});

test('a file that cannot be written is said by its name', async () => {
  const double = await hubDouble({ repositories: [modelRepository()] });
  const file = join(temporaryFolder(), 'taken');
  writeFileSync(file, '');
  await expect(pullModel(accessTo(double), options({ to: file }))).rejects.toMatchObject({
    code: 'FOLDER_UNWRITABLE',
    details: { path: file },
  });
});
