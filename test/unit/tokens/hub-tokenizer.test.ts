import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HubAccess } from '../../../main/hub/index.ts';
import { hubTokenizer } from '../../../main/tokens/hub-tokenizer.ts';
import { accessTo, defaultCommit, hubDouble, modelRepository, treeEntries } from '../../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const name = 'OpenLLM-France/Tiny-Lucie';
const { signal } = new AbortController();
const unreachable = () =>
  new HubAccess({ endpoint: 'http://127.0.0.1:9', retry: { attempts: 1, firstWaitMs: 1, longestWaitMs: 1 } });
const refusing = () => {
  throw new Error('The hub is not to be asked.');
};

async function prepared(change: Parameters<typeof modelRepository>[1] = {}) {
  const repository = modelRepository(5_000, change);
  const double = await hubDouble({ repositories: [repository] });
  const folder = temporaryFolder();
  const get = (revision = 'main', access = () => accessTo(double)) =>
    hubTokenizer(name, revision, { folder, access, signal });
  return { repository, double, folder, get };
}

describe('hubTokenizer', () => {
  it('fetches tokenizer.json with the chat template and nothing else, once for a commit', async () => {
    const { repository, double, folder, get } = await prepared();
    const first = await get();
    expect(first).toEqual({
      path: join(folder, name, defaultCommit, 'tokenizer.json'),
      commit: defaultCommit,
      isOffline: false,
    });
    expect(readFileSync(first.path)).toEqual(repository.files['tokenizer.json']);
    const fetched = double.requests.filter(({ path }) => path.includes('/resolve/'));
    expect(fetched.map(({ path }) => path.split('/').at(-1))).toEqual(['tokenizer_config.json', 'tokenizer.json']);
    expect(readFileSync(join(first.path, '../tokenizer_config.json'), 'utf8')).toBe('{}');
    const before = double.requests.length;
    expect(await get()).toEqual(first);
    expect(double.requests.slice(before).every(({ path }) => path.includes('/revision/'))).toBe(true);
  });

  it('fetches once what several ask for at once, and lets one of them give up', async () => {
    const { double, folder, get } = await prepared();
    const leaving = new AbortController();
    const left = hubTokenizer(name, 'main', { folder, access: () => accessTo(double), signal: leaving.signal });
    const others = Promise.all([get(), get()]);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ name: expect.stringMatching(/Error/) as string });
    const [one, other] = await others;
    expect(one).toEqual(other);
    const fetched = double.requests.filter(({ path }) => /\/resolve\/.*\/tokenizer\.json$/.test(path));
    expect(fetched).toHaveLength(1);
  });

  it('has no note of a branch that is named as something that every object has', async () => {
    const { get } = await prepared();
    await get();
    await expect(get('constructor', unreachable)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
  });

  it('does not ask the hub for a commit that is here', async () => {
    const { get } = await prepared();
    const { path, commit } = await get();
    expect(await get(commit, refusing)).toEqual({ path, commit, isOffline: false });
  });

  it('takes what it fetched before where the hub cannot be reached, and says so', async () => {
    const { get } = await prepared();
    await expect(get('main', unreachable)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
    const online = await get();
    expect(await get('main', unreachable)).toEqual({ ...online, isOffline: true });
    await expect(get('v2', unreachable)).rejects.toMatchObject({ code: 'HUB_UNREACHABLE' });
  });

  it('fetches anew what was deleted or damaged the note of', async () => {
    const { folder, get } = await prepared();
    const { path } = await get();
    writeFileSync(join(folder, name, 'revisions.json'), '{');
    rmSync(path);
    await get();
    expect(existsSync(path)).toBe(true);
    expect(await get('main', unreachable)).toMatchObject({ isOffline: true });
  });

  it('keeps nothing of a file that is not what the hub lists', async () => {
    const folder = temporaryFolder();
    const repository = modelRepository(5_000);
    const listed = treeEntries(repository);
    repository.files['tokenizer.json'] = Buffer.alloc(repository.files['tokenizer.json']?.length ?? 0, 'x');
    const lying = await hubDouble({ repositories: [repository], tree: () => listed });
    await expect(hubTokenizer(name, 'main', { folder, access: () => accessTo(lying), signal })).rejects.toMatchObject({
      code: 'HASH_MISMATCH',
    });
    expect(existsSync(join(folder, name, defaultCommit, 'tokenizer.json'))).toBe(false);
  });

  it.each([
    ['a name that is none', '../../etc', 'INVALID_INPUT'],
    ['a repository that is not there', 'OpenLLM-France/None', 'HUB_FORBIDDEN'],
  ])('refuses %s', async (_name, repository, code) => {
    const { double, folder } = await prepared();
    const options = { folder, access: () => accessTo(double), signal };
    await expect(hubTokenizer(repository, 'main', options)).rejects.toMatchObject({ code });
  });

  it('says that a repository has no tokenizer.json', async () => {
    const { get } = await prepared({ files: { 'config.json': Buffer.from('{}') } });
    await expect(get()).rejects.toMatchObject({ code: 'MODEL_FILE_MISSING' });
  });

  it('can be given up', async () => {
    const { double, folder } = await prepared();
    const options = { folder, access: () => accessTo(double), signal: AbortSignal.abort() };
    await expect(hubTokenizer(name, 'main', options)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
