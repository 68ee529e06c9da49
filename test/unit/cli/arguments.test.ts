import { expect, test } from 'vitest';
import { portFrom, UsageError } from '../../../main/cli/arguments.ts';

test.each(['-1', '70000', 'http', '1.5'])('port %s is refused', (port) => {
  expect(() => portFrom(port)).toThrow(UsageError);
});
