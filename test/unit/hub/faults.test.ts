/** Everything that can go wrong between the hub and the disk: either it passes, or it is said and nothing wrong is kept. */
import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HubAccess, parseModelName, pullModel, type PullOptions } from '../../../main/hub/index.ts';
import { diskError } from '../../../main/hub/disk.ts';
import { filesBelow, wrongFiles } from '../../fixtures/hub-double/compare.ts';
import {
  accessTo,
  hubDouble,
  modelRepository,
  type DoubleRequest,
  type Fault,
} from '../../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

function options(change: Partial<PullOptions> = {}): PullOptions {
  return {
    ...parseModelName('OpenLLM-France/Tiny-Lucie'),
    form: null,
    to: temporaryFolder(),
    signal: new AbortController().signal,
    segmentBytes: 16_000,
    checkpointMs: 5,
    ...change,
  };
}

/** The first `count` requests that `match` go wrong. */
function times(count: number, match: (request: DoubleRequest) => boolean, fault: Fault) {
  let left = count;
  return (request: DoubleRequest): Fault | null => (match(request) && left-- > 0 ? fault : null);
}

const isWeights = ({ host, path }: DoubleRequest): boolean => host === 'cdn' && path.endsWith('model.safetensors');
const isApi = ({ path }: DoubleRequest): boolean => path.startsWith('/api/');
const isConfig = ({ path }: DoubleRequest): boolean => path.endsWith('/config.json');

const passing: [string, number, (request: DoubleRequest) => boolean, Fault][] = [
  ['429 with Retry-After', 1, isWeights, { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
  ['429 of the interface', 1, isApi, { kind: 'status', status: 429, headers: { ratelimit: '"api";r=0;t=0' } }],
  ['500', 2, isApi, { kind: 'status', status: 500 }],
  ['503 of the files', 2, isWeights, { kind: 'status', status: 503 }],
  ['a signed address that ran out', 1, isWeights, { kind: 'status', status: 403 }],
  ['reset connections', 2, isWeights, { kind: 'reset' }],
  ['truncation in mid-body', 9, isWeights, { kind: 'truncate', after: 1_500 }],
  ['truncation of a small file', 2, isConfig, { kind: 'truncate', after: 10 }],
  ['silence in mid-body', 1, isWeights, { kind: 'stall', after: 1_000 }],
];

test.each(passing)('passes: %s', async (_name, count, match, fault) => {
  const repository = modelRepository();
  const double = await hubDouble({ repositories: [repository], fault: times(count, match, fault) });
  const pull = options();
  await pullModel(accessTo(double), pull);
  expect(wrongFiles(pull.to, repository)).toEqual([]);
  expect(filesBelow(pull.to)).toContain('model.safetensors');
  expect(filesBelow(pull.to).filter((path) => path.includes('.part'))).toEqual([]);
});

const lasting: [string, (request: DoubleRequest) => boolean, Fault, string][] = [
  ['429', isWeights, { kind: 'status', status: 429, headers: { 'retry-after': '0' } }, 'HUB_RATE_LIMITED'],
  [
    'a pause longer than anyone waits',
    isApi,
    { kind: 'status', status: 429, headers: { 'retry-after': '9999' } },
    'HUB_RATE_LIMITED',
  ],
  ['500', isWeights, { kind: 'status', status: 500 }, 'HUB_UNREACHABLE'],
  ['resets', isApi, { kind: 'reset' }, 'HUB_UNREACHABLE'],
  ['silence', isWeights, { kind: 'stall', after: 0 }, 'HUB_UNREACHABLE'],
  ['truncation without progress', isWeights, { kind: 'truncate', after: 0 }, 'HUB_UNREACHABLE'],
  ['wrong bytes', isWeights, { kind: 'wrong-bytes' }, 'HASH_MISMATCH'],
  ['wrong bytes of a small file', isConfig, { kind: 'wrong-bytes' }, 'HASH_MISMATCH'],
  ['too many bytes', isConfig, { kind: 'extra-bytes' }, 'HASH_MISMATCH'],
  ['a server without ranges', isWeights, { kind: 'no-range' }, 'HUB_RESPONSE_INVALID'],
  ['a range that was not asked for', isWeights, { kind: 'wrong-range' }, 'HUB_RESPONSE_INVALID'],
  ['a file that is listed but not there', isWeights, { kind: 'status', status: 404 }, 'HUB_NOT_FOUND'],
  [
    'redirects in a circle',
    isConfig,
    { kind: 'status', status: 302, headers: { location: 'config.json' } },
    'HUB_RESPONSE_INVALID',
  ],
  [
    'a redirect to a file of this machine',
    isConfig,
    { kind: 'status', status: 302, headers: { location: 'file:///etc/passwd' } },
    'HUB_RESPONSE_INVALID',
  ],
  ['an answer that is no listing', isApi, { kind: 'status', status: 200 }, 'HUB_RESPONSE_INVALID'],
];

test.each(lasting)('is said: %s', async (_name, match, fault, code) => {
  const repository = modelRepository();
  const double = await hubDouble({ repositories: [repository], fault: (request) => (match(request) ? fault : null) });
  const pull = options();
  const error = await pullModel(accessTo(double), pull).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, action: expect.stringMatching(/\w/) as string });
  expect(JSON.stringify(error)).not.toContain('signature');
  expect(filesBelow(pull.to)).not.toContain('config.json');
  expect(filesBelow(pull.to)).not.toContain('model.safetensors');
  // Nothing in the way of the next call.
  double.fault = () => null;
  await pullModel(accessTo(double), pull);
  expect(wrongFiles(pull.to, repository)).toEqual([]);
});

test('the pause that the server asks for is kept', async () => {
  const double = await hubDouble({ repositories: [modelRepository(9_000)] });
  double.fault = times(1, isApi, { kind: 'status', status: 429, headers: { 'retry-after': '1' } });
  const started = performance.now();
  await pullModel(accessTo(double), options());
  expect(performance.now() - started).toBeGreaterThan(990);
});

test('bytes of an earlier run that turn out wrong are fetched again', async () => {
  const repository = modelRepository();
  const double = await hubDouble({ repositories: [repository] });
  const pull = options();
  double.fault = (request) =>
    isWeights(request) && request.range?.startsWith('bytes=48000-') ? { kind: 'status', status: 404 } : null;
  await expect(pullModel(accessTo(double), pull)).rejects.toMatchObject({ code: 'HUB_NOT_FOUND' });
  const part = join(pull.to, 'model.safetensors.part');
  const bytes = readFileSync(part);
  bytes[20] = 255 - Number(bytes[20]);
  writeFileSync(part, bytes);
  double.fault = () => null;
  await pullModel(accessTo(double), pull);
  expect(wrongFiles(pull.to, repository)).toEqual([]);
});

test.each([
  ['cut off', (text: string) => text.slice(0, 40)],
  ['of another file', (text: string) => text.replace(/"hash":"./, '"hash":"z')],
  ['with a gap', (text: string) => text.replace('"start":16000', '"start":16001')],
  ['that claims more than there is', (text: string) => text.replaceAll(/"received":\d+/g, '"received":4000')],
])('a journal %s is not believed', async (_name, damage) => {
  const repository = modelRepository();
  const double = await hubDouble({ repositories: [repository] });
  const pull = options();
  double.fault = (request) => (isWeights(request) ? { kind: 'truncate', after: 0 } : null);
  await pullModel(accessTo(double), pull).catch(() => undefined);
  const journal = join(pull.to, 'model.safetensors.part.json');
  writeFileSync(journal, damage(readFileSync(journal, 'utf8')));
  double.fault = () => null;
  await pullModel(accessTo(double), pull);
  expect(wrongFiles(pull.to, repository)).toEqual([]);
});

test('an interrupt ends it soon and keeps what has arrived', async () => {
  const repository = modelRepository(200_000);
  const double = await hubDouble({ repositories: [repository] });
  double.fault = (request) => (isWeights(request) ? { kind: 'slow', bytesPerSecond: 60_000 } : null);
  const cancel = new AbortController();
  let arrived = 0;
  const pull = options({
    signal: cancel.signal,
    onProgress: ({ phase, done }) => {
      if (phase !== 'download') return;
      arrived = done;
      if (done > 60_000 && !cancel.signal.aborted) setTimeout(() => cancel.abort(), 0);
    },
  });
  await expect(pullModel(accessTo(double), pull)).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(filesBelow(pull.to)).not.toContain('model.safetensors');
  double.fault = () => null;
  double.requests.length = 0;
  let resumedAt = -1;
  await pullModel(accessTo(double), {
    ...pull,
    signal: new AbortController().signal,
    onProgress: ({ phase, done }) => {
      if (phase === 'download' && resumedAt < 0) resumedAt = done;
    },
  });
  expect(resumedAt).toBe(arrived);
  expect(wrongFiles(pull.to, repository)).toEqual([]);
});

test('a small file whose server ignores ranges begins anew', async () => {
  const repository = modelRepository(12_000);
  const double = await hubDouble({ repositories: [repository] });
  double.fault = (request) => {
    if (!isWeights(request)) return null;
    return request.range === undefined ? { kind: 'truncate', after: 5_000 } : { kind: 'no-range' };
  };
  const pull = options();
  await pullModel(accessTo(double), pull);
  expect(double.requests.filter(isWeights).map(({ range }) => range)).toEqual([undefined, 'bytes=5000-11999']);
  expect(wrongFiles(pull.to, repository)).toEqual([]);
});

test('a hub that is not there is named', async () => {
  const access = new HubAccess({ endpoint: 'http://127.0.0.1:1', retry: { attempts: 2, firstWaitMs: 1 } });
  await expect(pullModel(access, options())).rejects.toMatchObject({
    code: 'HUB_UNREACHABLE',
    message: expect.stringContaining('127.0.0.1:1') as string,
  });
});

test('a server that accepts and never answers', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = new HubAccess({ endpoint, retry: { attempts: 2, firstWaitMs: 1, stallMs: 50 } });
  await expect(pullModel(access, options())).rejects.toMatchObject({
    code: 'HUB_UNREACHABLE',
    message: expect.stringContaining('nothing arrived for 50 ms') as string,
  });
});

test('a disk that fills up while it is written to', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  expect(diskError('/x', full)).toMatchObject({ code: 'DISK_FULL', details: { path: '/x' } });
});
