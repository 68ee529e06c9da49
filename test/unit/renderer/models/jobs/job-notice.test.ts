import { expect, test } from 'vitest';
import { I18n } from '../../../../../renderer/i18n/i18n.svelte.ts';
import { jobNotice } from '../../../../../renderer/models/jobs/job-notice.ts';
import { aJob } from '../a-job.ts';

const i18n = new I18n(() => 'en');

test('says what came of a job', () => {
  expect(jobNotice(aJob({ state: 'done' }), 'Lucie', i18n)).toBe('“Lucie” is ready.');
  const request = { kind: 'verify', modelId: 'x' } as const;
  expect(jobNotice(aJob({ state: 'done', request }), 'Lucie', i18n)).toBe('“Lucie” is intact.');
  const error = { code: 'JOB_NOT_FOUND', message: '', action: '', details: {} } as const;
  expect(jobNotice(aJob({ state: 'failed', error }), 'Lucie', i18n)).toBe(
    '“Lucie”: That task does not exist any more.',
  );
});
