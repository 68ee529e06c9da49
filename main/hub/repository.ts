/** Names of repositories and revisions on the hub, checked before they become parts of an address or a path. */
import { WorkbenchError } from '../contract/errors.ts';

export interface HubRepository {
  type: 'model' | 'dataset';
  /** `owner/name`. */
  name: string;
}

export const defaultRevision = 'main';

const namePattern = /^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/;
/** What git allows in a reference and is of use here; slashes as in `refs/pr/1`. */
const revisionPattern = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/;

/** Reads `owner/name` or `owner/name@revision`. @throws WorkbenchError `INVALID_INPUT` */
export function parseModelName(text: string): { repository: HubRepository; revision: string } {
  const [name = '', revision = defaultRevision, ...rest] = text.split('@');
  checkName(name);
  if (rest.length > 0 || !revisionPattern.test(revision) || revision.includes('..')) {
    throw new WorkbenchError('INVALID_INPUT', `"${text}" does not end with a branch, tag or commit after @.`, {
      action: 'Write owner/name@revision, for example OpenLLM-France/Lucie-7B@step0005000.',
      details: { repository: text },
    });
  }
  return { repository: { type: 'model', name }, revision };
}

/** @throws WorkbenchError `INVALID_INPUT` */
export function checkName(name: string): void {
  if (namePattern.test(name) && !name.includes('..')) return;
  throw new WorkbenchError('INVALID_INPUT', `"${name}" is not a repository of the hub: owner/name is expected.`, {
    action: 'Write it as on the hub, for example OpenLLM-France/Lucie-7B-Instruct-v1.1.',
    details: { repository: name },
  });
}

/** The steps of `/api/models/owner/name`. */
export function apiSteps({ type, name }: HubRepository): string[] {
  return ['api', `${type}s`, ...name.split('/')];
}

/** The steps of `/owner/name`; datasets have `/datasets` before it. */
export function pageSteps({ type, name }: HubRepository): string[] {
  return [...(type === 'dataset' ? ['datasets'] : []), ...name.split('/')];
}
