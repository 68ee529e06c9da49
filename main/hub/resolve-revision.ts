/** A branch, tag or commit as the commit that it names now: everything after is asked for by commit. */
import { z } from 'zod';
import type { HubAccess } from './access.ts';
import { exchange } from './exchange.ts';
import { invalidAnswer } from './failures.ts';
import { apiSteps, type HubRepository } from './repository.ts';
import { withRetries } from './retry.ts';

const answerSchema = z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) });

/** @throws WorkbenchError `HUB_NOT_FOUND`, `HUB_FORBIDDEN`, `HUB_UNREACHABLE`, `HUB_RATE_LIMITED`, `HUB_RESPONSE_INVALID` */
export function resolveRevision(
  access: HubAccess,
  repository: HubRepository,
  revision: string,
  signal: AbortSignal,
): Promise<string> {
  const subject = `the ${repository.type} ${repository.name} at ${revision}`;
  const url = access.url(...apiSteps(repository), 'revision', revision);
  return withRetries(access.retry, signal, () =>
    exchange(access, {
      subject,
      url,
      signal,
      async read({ response, url: from }) {
        const text = await response.text();
        try {
          return answerSchema.parse(JSON.parse(text)).sha;
        } catch (cause) {
          throw invalidAnswer(subject, from, 'no commit in it', cause);
        }
      },
    }),
  );
}
