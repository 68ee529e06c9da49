import { expect, test } from 'vitest';
import { requestedPauseMs } from '../../../main/hub/retry.ts';

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }, 60_000],
  [{ ratelimit: '"resolvers";r=0;t=55' }, 55_000],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
])('the pause that %j asks for', (headers, pause) => {
  expect(requestedPauseMs(new Headers(headers as Record<string, string>), 0)).toBe(pause);
});
