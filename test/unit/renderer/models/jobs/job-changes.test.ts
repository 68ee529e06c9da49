import { describe, expect, it } from 'vitest';
import { changedJob, endedJobs, jobsBefore } from '../../../../../renderer/models/jobs/job-changes.ts';
import { aJob } from '../a-job.ts';

describe('endedJobs', () => {
  const running = aJob();
  it('are those that have ended since', () => {
    const done = aJob({ state: 'done' });
    expect(endedJobs([running], [done])).toEqual([done]);
    expect(endedJobs([aJob({ state: 'queued' })], [aJob({ state: 'failed' })])).toHaveLength(1);
    expect(endedJobs([done], [done])).toEqual([]);
    expect(endedJobs([running], [aJob({ state: 'paused' })])).toEqual([]);
  });

  it('are none of a first list, nor of one that is new', () => {
    expect(endedJobs(null, [aJob({ state: 'done' })])).toEqual([]);
    expect(endedJobs([], [aJob({ state: 'done' })])).toEqual([]);
  });
});

describe('changedJob', () => {
  it('tells a step, a state and a beginning, but no progress', () => {
    const before = [aJob()];
    expect(changedJob(before, [aJob({ perSecond: 9, secondsLeft: 1 })])).toBeNull();
    expect(changedJob(before, [aJob({ step: 'calibrate' })])?.step).toBe('calibrate');
    expect(changedJob(before, [aJob({ state: 'paused' })])?.state).toBe('paused');
    expect(changedJob([], [aJob({ state: 'queued' })])?.state).toBe('queued');
    expect(changedJob(null, before)).toBeNull();
  });

  it('tells what happens before what waits', () => {
    const jobs = [aJob({ id: 'b', state: 'queued' }), aJob({ id: 'a', state: 'running' })];
    expect(changedJob([], jobs)?.id).toBe('a');
  });
});

describe('jobsBefore', () => {
  it('are the running one and those that wait longer, the next one first', () => {
    const [newest, second, third, running] = [
      aJob({ id: '4', state: 'queued' }),
      aJob({ id: '3', state: 'queued' }),
      aJob({ id: '2', state: 'queued' }),
      aJob({ id: '1', state: 'running' }),
    ] as const;
    const all = [newest, second, third, running, aJob({ id: '0', state: 'done' })];
    expect(jobsBefore(newest, all).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(jobsBefore(third, all).map(({ id }) => id)).toEqual(['1']);
    // One that was continued after it had failed may run though it is newer.
    expect(jobsBefore(second, [aJob({ id: '9', state: 'running' }), second])).toHaveLength(1);
  });
});
