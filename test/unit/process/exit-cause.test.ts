import { describe, expect, test } from 'vitest';
import { describeExit, exitCause } from '../../../main/process/exit-cause.ts';

describe('exitCause', () => {
  test.each([
    [{ code: null, signal: 'SIGKILL' }, 'killed'],
    [{ code: null, signal: 'SIGSEGV' }, 'native-crash'],
    [{ code: null, signal: 'SIGABRT' }, 'aborted'],
    // Windows: access violation.
    [{ code: 3_221_225_477, signal: null }, 'native-crash'],
    [{ code: 137, signal: null }, 'killed'],
    [{ code: 1, signal: null }, 'exited'],
    [{ code: null, signal: null }, 'exited'],
    [{ code: null, signal: 'SIGUSR1' }, 'exited'],
  ])('%o is %s', (exit, cause) => {
    expect(exitCause(exit)).toBe(cause);
  });
});

test('the sentence names the signal or the code', () => {
  expect(describeExit({ code: null, signal: 'SIGKILL' })).toMatch(/^signal SIGKILL: .*memory/);
  expect(describeExit({ code: 7, signal: null })).toBe('code 7: it ended by itself');
});
