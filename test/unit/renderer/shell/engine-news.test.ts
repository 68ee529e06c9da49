import { expect, it } from 'vitest';
import { isWorthSaying } from '../../../../renderer/shell/engine-news.ts';

it('the status bar says what no conversation says', () => {
  expect(isWorthSaying('loading', 'ready')).toBe(true);
  expect(isWorthSaying('busy', 'restarting')).toBe(true);
  expect(isWorthSaying('busy', 'failed')).toBe(true);
  expect(isWorthSaying('ready', 'busy')).toBe(false);
  expect(isWorthSaying('busy', 'ready')).toBe(false);
  expect(isWorthSaying(null, 'ready')).toBe(false);
  expect(isWorthSaying('ready', 'ready')).toBe(false);
});
