import { ORPCError } from '@orpc/client';
import { expect, test, vi } from 'vitest';
import type { JobRequest, ModelJob } from '../../../../../main/contract/model-jobs.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { ModelJobs } from '../../../../../renderer/models/jobs/model-jobs.svelte.ts';
import { aJob } from '../a-job.ts';

/** A line on which the main side's lists arrive as a test sends them. */
function connect() {
  const lists: ModelJob[][] = [];
  let wake = (): void => undefined;
  async function* watch(signal: AbortSignal) {
    while (!signal.aborted) {
      const next = lists.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const verbs = { start: vi.fn(async () => aJob()), pause: vi.fn(), resume: vi.fn(), dismiss: vi.fn() };
  const jobs = { ...verbs, watch: async (_: undefined, { signal }: { signal: AbortSignal }) => watch(signal) };
  const connection = { state: 'open', whenOpen: async () => undefined, client: { models: { jobs } } };
  const send = (list: ModelJob[]): void => {
    lists.push(list);
    wake();
  };
  return { connection: connection as unknown as Connection, verbs, send };
}

function open() {
  const line = connect();
  const ended = vi.fn();
  const jobs = new ModelJobs(line.connection, ended);
  const stop = new AbortController();
  void jobs.run(stop.signal);
  return { ...line, ended, jobs, stop };
}

test('follows the list, and tells each end once', async () => {
  const { jobs, send, ended, stop } = open();
  expect(jobs.all).toEqual([]);
  // What was over when the page was opened is no news.
  send([aJob({ id: 'b', state: 'queued', step: null }), aJob(), aJob({ id: 'old', state: 'done' })]);
  await expect.poll(() => jobs.all).toHaveLength(3);
  expect(jobs.active?.id).toBe('a');
  expect(jobs.lastChanged).toBeNull();
  const done = aJob({ state: 'done' });
  send([aJob({ id: 'b', state: 'queued', step: null }), done]);
  await expect.poll(() => ended.mock.calls).toEqual([[done]]);
  expect(jobs.lastChanged).toEqual(done);
  expect(jobs.active?.id).toBe('b');
  send([aJob({ id: 'b', state: 'running', step: 'list' }), done]);
  await expect.poll(() => jobs.lastChanged?.step).toBe('list');
  expect(ended).toHaveBeenCalledTimes(1);
  stop.abort();
});

test('finds the task of a revision and that of a folder, as long as it is not done', async () => {
  const { jobs, send, stop } = open();
  send([aJob({ state: 'failed' }), aJob({ id: 'd', state: 'done', folder: '/done' })]);
  await expect.poll(() => jobs.getting('owner/name', 'main')?.state).toBe('failed');
  expect(jobs.getting('owner/name', 'v2')).toBeNull();
  expect(jobs.inFolder('/data/models/owner/name/main')?.id).toBe('a');
  expect(jobs.inFolder('/done')).toBeNull();
  stop.abort();
});

test('a command that fails says so on its task, until the next one', async () => {
  const { jobs, verbs, stop } = open();
  const request: JobRequest = { kind: 'verify', modelId: 'x' };
  expect(await jobs.start(request)).toBeNull();
  expect(verbs.start).toHaveBeenCalledWith(request);
  verbs.start.mockRejectedValueOnce(new ORPCError('FOLDER_BUSY', { message: 'busy' }));
  expect((await jobs.start(request))?.code).toBe('FOLDER_BUSY');
  verbs.pause.mockRejectedValueOnce(new ORPCError('JOB_NOT_FOUND', { message: 'gone' }));
  await jobs.command('pause', 'a');
  expect(jobs.failure).toMatchObject({ jobId: 'a', report: { code: 'JOB_NOT_FOUND' } });
  await jobs.command('resume', 'a');
  expect(jobs.failure).toBeNull();
  expect(verbs.resume).toHaveBeenCalledWith({ jobId: 'a' });
  stop.abort();
});
