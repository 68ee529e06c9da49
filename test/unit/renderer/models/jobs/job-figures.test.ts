import { describe, expect, it } from 'vitest';
import type { JobStep } from '../../../../../main/contract/model-jobs.ts';
import { fractionOf, hasMuchDone, jobName, shownStep } from '../../../../../renderer/models/jobs/job-figures.ts';
import { aJob, aModel } from '../a-job.ts';

const bytes = (done: number, total: number | null, phase: JobStep = 'convert') => ({
  step: phase,
  progress: { phase, done, total, unit: 'bytes' as const },
});
const verify = { kind: 'verify', modelId: 'x' } as const;

describe('fractionOf', () => {
  it('is unknown without an end', () => {
    expect(fractionOf(aJob())).toBe(0.25);
    expect(fractionOf(aJob({ progress: null }))).toBeNull();
    expect(fractionOf(aJob(bytes(5, null)))).toBeNull();
    expect(fractionOf(aJob(bytes(0, 0)))).toBeNull();
    expect(fractionOf(aJob(bytes(12, 10)))).toBe(1);
  });
});

describe('shownStep', () => {
  it('says that weights which are not kept are downloaded while they are converted', () => {
    expect(shownStep(aJob())).toBe('stream');
    const { request } = aJob();
    if (request.kind !== 'get') throw new Error('not a get');
    expect(shownStep(aJob({ request: { ...request, keepSource: true } }))).toBe('convert');
    expect(shownStep(aJob({ request: { kind: 'convert', folder: '/x', target: 'cpu' } }))).toBe('convert');
    expect(shownStep(aJob({ step: 'calibrate' }))).toBe('calibrate');
    expect(shownStep(aJob({ step: null }))).toBeNull();
  });
});

describe('hasMuchDone', () => {
  it('asks before minutes of work are thrown away', () => {
    expect(hasMuchDone(aJob(bytes(5, 100)))).toBe(false);
    expect(hasMuchDone(aJob(bytes(10, 100)))).toBe(true);
    expect(hasMuchDone(aJob(bytes(200_000_000, 13_000_000_000)))).toBe(true);
    expect(hasMuchDone(aJob({ step: 'calibrate', progress: null }))).toBe(true);
    expect(hasMuchDone(aJob({ step: 'list', progress: null }))).toBe(false);
    expect(hasMuchDone(aJob({ step: null, progress: null }))).toBe(false);
    expect(hasMuchDone(aJob({ ...bytes(90, 100, 'check'), request: verify }))).toBe(false);
  });
});

describe('jobName', () => {
  it('is the repository, with a revision that is not the usual one', () => {
    expect(jobName(aJob(), null)).toBe('owner/name');
    const request = { kind: 'get', repository: 'o/n', revision: 'v2', target: 'cpu', keepSource: false } as const;
    expect(jobName(aJob({ request }), null)).toBe('o/n@v2');
  });

  it('is the folder’s own name, on any platform, or the name in the list', () => {
    const convert = { kind: 'convert', folder: '', target: 'cpu' } as const;
    expect(jobName(aJob({ request: convert, folder: '/weights/mine/' }), null)).toBe('mine');
    expect(jobName(aJob({ request: convert, folder: 'C:\\weights\\mine' }), null)).toBe('mine');
    expect(jobName(aJob({ request: verify }), [aModel()])).toBe('owner/name@main');
    expect(jobName(aJob({ request: verify }), null)).toBe('main');
  });
});
