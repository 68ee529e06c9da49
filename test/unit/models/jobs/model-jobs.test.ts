import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WorkbenchError } from '../../../../main/contract/errors.ts';
import type { JobRequest, ModelJob } from '../../../../main/contract/model-jobs.ts';
import type { Progress } from '../../../../main/contract/progress.ts';
import { silentLogger } from '../../../../main/logger/index.ts';
import { clearUnfinished } from '../../../../main/models/jobs/clear-unfinished.ts';
import { JobFile } from '../../../../main/models/jobs/job-file.ts';
import { ModelJobs } from '../../../../main/models/jobs/model-jobs.ts';
import type { JobResult } from '../../../../main/models/jobs/run-request.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const get = (name: string): JobRequest => ({
  kind: 'get',
  repository: `owner/${name}`,
  revision: 'main',
  target: 'cpu',
  keepSource: false,
});

const nothing: JobResult = { notes: [], verification: null };

/** Work that the test ends. */
class ScriptedWork {
  readonly begun: string[] = [];
  readonly ready: string[] = [];
  /** Throws where it may not begin. */
  check: () => void = () => undefined;
  report: (progress: Progress) => void = () => undefined;
  finish: (result?: JobResult) => void = () => undefined;
  fail: (error: unknown) => void = () => undefined;

  run(folder: string, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<JobResult> {
    this.begun.push(folder);
    this.report = onProgress;
    return new Promise((resolve, reject) => {
      this.finish = (result = nothing) => resolve(result);
      this.fail = reject;
      signal.addEventListener('abort', () => reject(new WorkbenchError('CANCELLED', 'Stopped.', { action: 'Go on.' })));
    });
  }
}

async function start(dataFolder = temporaryFolder()) {
  const work = new ScriptedWork();
  const file = new JobFile(join(dataFolder, 'model-jobs.json'), silentLogger);
  const modelsFolder = join(dataFolder, 'models');
  const jobs = new ModelJobs({
    file,
    jobs: await file.read(),
    modelsFolder,
    folderOf: (request) => Promise.resolve(join(modelsFolder, request.kind === 'get' ? request.repository : 'other')),
    checkStart: () => work.check(),
    run: (_request, { folder, signal, onProgress }) => work.run(folder, signal, onProgress),
    onReady: (folder) => Promise.resolve(void work.ready.push(folder)),
    logger: silentLogger,
  });
  return { work, jobs, dataFolder, modelsFolder };
}

async function current(jobs: ModelJobs): Promise<ModelJob[]> {
  const stream = jobs.watch();
  const { value } = await stream.next();
  await stream.return(undefined);
  return value as ModelJob[];
}

/** Once every callback that was due has run. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the queue of model jobs', () => {
  test('one runs at a time, in the order they were asked for', async () => {
    const { work, jobs } = await start();
    const first = await jobs.start(get('first'));
    await jobs.start(get('second'));
    expect((await current(jobs)).map(({ state }) => state)).toEqual(['queued', 'running']);
    work.finish();
    await settled();
    expect((await current(jobs)).map(({ state }) => state)).toEqual(['running', 'done']);
    expect(work.ready).toEqual([first.folder]);
    expect(work.begun).toHaveLength(2);
  });

  test('a folder has one job, until that is done', async () => {
    const { work, jobs } = await start();
    await jobs.start(get('one'));
    await expect(jobs.start(get('one'))).rejects.toMatchObject({ code: 'FOLDER_BUSY' });
    work.finish();
    await settled();
    await jobs.start(get('one'));
    // The entry of the one that was done has gone.
    expect(await current(jobs)).toHaveLength(1);
  });

  test('progress gives speed and time left, and every step is seen', async () => {
    const { work, jobs } = await start();
    await jobs.start(get('one'));
    work.report({ phase: 'list', done: 0, total: null, unit: 'files' });
    work.report({ phase: 'convert', done: 0, total: 100, unit: 'bytes' });
    await new Promise((resolve) => setTimeout(resolve, 250));
    work.report({ phase: 'convert', done: 50, total: 100, unit: 'bytes' });
    const [job] = await current(jobs);
    expect(job).toMatchObject({ step: 'convert', progress: { done: 50, total: 100 } });
    expect(job?.perSecond).toBeGreaterThan(20);
    expect(job?.secondsLeft).toBeCloseTo(50 / (job?.perSecond ?? 0), 6);
    work.finish();
    await settled();
    expect((await current(jobs))[0]).toMatchObject({ state: 'done', perSecond: null, secondsLeft: null });
  });

  test('a failure keeps its reason and can be continued', async () => {
    const { work, jobs } = await start();
    const { id } = await jobs.start(get('one'));
    work.fail(new WorkbenchError('DISK_FULL', 'Full.', { action: 'Free some space.' }));
    await settled();
    expect((await current(jobs))[0]).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } });
    jobs.resume(id);
    expect((await current(jobs))[0]).toMatchObject({ state: 'running', error: null });
    work.finish({ notes: ['Put right.'], verification: { passed: false, checks: [] } });
    await settled();
    expect((await current(jobs))[0]).toMatchObject({ state: 'failed', error: { code: 'MODEL_VERIFICATION_FAILED' } });
    expect(work.ready).toEqual([]);
  });

  test('pausing lets the next one run, and continuing waits for its turn', async () => {
    const { work, jobs } = await start();
    const { id } = await jobs.start(get('one'));
    await jobs.start(get('two'));
    await jobs.pause(id);
    await settled();
    expect((await current(jobs)).map(({ state }) => state)).toEqual(['running', 'paused']);
    jobs.resume(id);
    expect((await current(jobs)).map(({ state }) => state)).toEqual(['running', 'queued']);
    work.finish();
    await settled();
    expect((await current(jobs)).map(({ state }) => state)).toEqual(['done', 'running']);
  });

  test('dismissing stops it and deletes what is unfinished, and only that', async () => {
    const { jobs, modelsFolder } = await start();
    const { id, folder } = await jobs.start(get('one'));
    mkdirSync(join(folder, '.export', 'onnx'), { recursive: true });
    mkdirSync(join(folder, 'onnx'));
    writeFileSync(join(folder, '.export', 'onnx', 'model_q4.onnx_data'), 'half');
    writeFileSync(join(folder, 'onnx', 'model.onnx.part'), 'half');
    writeFileSync(join(folder, 'onnx', 'model.onnx.part.json'), '{}');
    writeFileSync(join(folder, 'notes.part.txt'), 'mine');
    await jobs.dismiss(id);
    expect(await current(jobs)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['notes.part.txt']);
    const other = await jobs.start(get('two'));
    mkdirSync(join(other.folder, '.export'), { recursive: true });
    await jobs.dismiss(other.id);
    expect(readdirSync(join(modelsFolder, 'owner'))).toEqual(['one']);
    await expect(jobs.dismiss(other.id)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  test('of a folder of somebody else only the work of the exporter goes', async () => {
    const folder = join(temporaryFolder(), 'mine');
    mkdirSync(join(folder, '.export', 'onnx'), { recursive: true });
    writeFileSync(join(folder, 'thesis.pdf.part'), 'half');
    mkdirSync(join(folder, 'my.part'));
    await clearUnfinished(folder, join(temporaryFolder(), 'models'));
    expect(readdirSync(folder).sort()).toEqual(['my.part', 'thesis.pdf.part']);
  });

  test('whether it may begin is asked each time it goes on', async () => {
    const { work, jobs } = await start();
    const { id } = await jobs.start(get('one'));
    await jobs.pause(id);
    work.check = () => {
      throw new WorkbenchError('FOLDER_BUSY', 'The model is loaded.', { action: 'Unload it.' });
    };
    jobs.resume(id);
    await settled();
    expect((await current(jobs))[0]).toMatchObject({ state: 'failed', error: { code: 'FOLDER_BUSY' } });
    expect(work.begun).toHaveLength(1);
  });

  test('what another process is writing is left to it', async () => {
    const { work, jobs } = await start();
    const { id, folder } = await jobs.start(get('one'));
    mkdirSync(join(folder, '.export'), { recursive: true });
    // The process that runs the tests of this one is alive, and not this one.
    writeFileSync(join(folder, '.export', 'lock'), String(process.ppid));
    work.fail(new WorkbenchError('FOLDER_BUSY', 'Somebody else.', { action: 'Wait.' }));
    await settled();
    await jobs.dismiss(id);
    expect(await current(jobs)).toEqual([]);
    expect(readdirSync(join(folder, '.export'))).toEqual(['lock']);
  });

  test('they outlive the workbench: what ran stands still and goes on when asked', async () => {
    const first = await start();
    const { id } = await first.jobs.start(get('one'));
    first.work.report({ phase: 'convert', done: 5, total: 10, unit: 'bytes' });
    await first.jobs.close();
    const second = await start(first.dataFolder);
    expect((await current(second.jobs))[0]).toMatchObject({ id, state: 'paused', step: 'convert', error: null });
    expect(second.work.begun).toEqual([]);
    second.jobs.resume(id);
    expect(second.work.begun).toHaveLength(1);
    // A kill leaves `running` in the file.
    const stored = () => readFileSync(join(first.dataFolder, 'model-jobs.json'), 'utf8');
    await expect.poll(stored).toContain('"running"');
    expect((await current((await start(first.dataFolder)).jobs))[0]?.state).toBe('paused');
  });

  test('a damaged list begins anew', async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'model-jobs.json'), '[{"id":');
    expect(await current((await start(dataFolder)).jobs)).toEqual([]);
  });
});
