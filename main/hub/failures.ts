/** What an answer of the hub other than the wanted one means, in words of the error family. */
import { WorkbenchError } from '../contract/errors.ts';
import type { HubAccess } from './access.ts';
import { requestedPauseMs, TransientFailure } from './retry.ts';

/** What was asked for, for the sentences: `the model a/b at main`. */
export type Subject = string;

export function failureOf(
  access: HubAccess,
  subject: Subject,
  url: URL,
  response: Response,
): WorkbenchError | TransientFailure {
  const { status, headers } = response;
  const details = { subject, host: url.host, status };
  if (status === 429) {
    const error = new WorkbenchError('HUB_RATE_LIMITED', `${url.host} limits requests (429) for ${subject}.`, {
      action: access.hasToken
        ? 'Wait a few minutes, then start again: what has arrived is kept.'
        : 'Wait a few minutes, or set HF_TOKEN: the hub allows more to those it knows. What has arrived is kept.',
      details,
    });
    return new TransientFailure(error, requestedPauseMs(headers, Date.now()));
  }
  if (status === 408 || status >= 500) {
    return new TransientFailure(unreachable(subject, url, `status ${status}`), requestedPauseMs(headers, Date.now()));
  }
  if (status === 401 || status === 403) {
    // A signed address of the CDN has run out: the next try asks the hub for a new one.
    if (!access.isEndpoint(url)) return new TransientFailure(unreachable(subject, url, `status ${status}`));
    return forbidden(access, subject, response, details);
  }
  if (status === 404) {
    return new WorkbenchError('HUB_NOT_FOUND', `${url.host} does not have ${subject} (404).`, {
      action: 'Check the owner, the name and the revision on the hub.',
      details,
    });
  }
  return invalidAnswer(subject, url, `status ${status}`);
}

/** The hub answers 401 also for repositories that do not exist, so as not to tell which private ones do. */
function forbidden(
  access: HubAccess,
  subject: Subject,
  { status, headers }: Response,
  details: Record<string, string | number>,
): WorkbenchError {
  const gated = headers.get('x-error-code') === 'GatedRepo';
  const why = gated ? 'is open only to those who accepted its conditions' : 'is private or does not exist';
  const token = access.hasToken ? 'use a token that may read it' : 'set HF_TOKEN to a token that may read it';
  return new WorkbenchError('HUB_FORBIDDEN', `${capital(subject)} ${why} (${status}).`, {
    action: `${gated ? 'Accept them on its page of the hub, then ' : 'Check the name, or '}${token}.`,
    details: { ...details, reason: gated ? 'gated' : 'private' },
  });
}

export function unreachable(subject: Subject, url: URL, reason: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('HUB_UNREACHABLE', `${url.host} could not deliver ${subject}: ${reason}.`, {
    action:
      'Check the network and start again: what has arrived is kept. Behind a proxy set NODE_USE_ENV_PROXY=1 with HTTPS_PROXY; for a mirror set HF_ENDPOINT.',
    details: { subject, host: url.host, reason },
    cause,
  });
}

export function invalidAnswer(subject: Subject, url: URL, reason: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'HUB_RESPONSE_INVALID',
    `${url.host} gave an answer that makes no sense for ${subject}: ${reason}.`,
    {
      action: 'Try again later; where HF_ENDPOINT names a mirror, try another one.',
      details: { subject, host: url.host, reason },
      cause,
    },
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
