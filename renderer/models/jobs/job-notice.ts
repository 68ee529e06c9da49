/** The short message about a job that ended while another pane was open. */
import type { ModelJob } from '../../../main/contract/model-jobs.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';
import { jobTexts } from '../../i18n/model-jobs.ts';

export function jobNotice({ request, error }: ModelJob, name: string, i18n: Pick<I18n, 't' | 'errorMessage'>): string {
  if (error !== null) return i18n.t(jobTexts.failedNotice, { name, reason: i18n.errorMessage(error) });
  return i18n.t(jobTexts.doneNotice, { name, kind: request.kind });
}
