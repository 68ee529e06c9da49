import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { connectionLost, toErrorReport } from '../../../renderer/rpc.ts';

describe('toErrorReport', () => {
  it('keeps code, message, action and details of a remote error', () => {
    const data = { action: 'Shorten it.', details: { tokens: 1200, limit: 1024 } };
    const error = new ORPCError('CONTEXT_EXCEEDED', { message: 'Too long.', data });
    expect(toErrorReport(error)).toEqual({ code: 'CONTEXT_EXCEEDED', message: 'Too long.', ...data });
  });

  it('maps codes that are not of the family', () => {
    expect(toErrorReport(new ORPCError('INTERNAL_SERVER_ERROR')).code).toBe('INTERNAL');
    expect(toErrorReport(new ORPCError('BAD_REQUEST')).code).toBe('INVALID_INPUT');
  });

  it('does without data of the expected form', () => {
    const error = new ORPCError('FILE_NOT_FOUND', { data: { action: 3, details: { path: {} } } });
    expect(toErrorReport(error)).toMatchObject({ code: 'FILE_NOT_FOUND', action: '', details: {} });
  });

  it('takes any thrown value', () => {
    expect(toErrorReport(connectionLost()).code).toBe('CONNECTION_LOST');
    expect(toErrorReport(new WorkbenchError('PROMPT_EMPTY', 'Empty.', { action: 'Write.' })).action).toBe('Write.');
    expect(toErrorReport('text')).toMatchObject({ code: 'INTERNAL', message: 'text' });
    const abort = new Error('aborted');
    abort.name = 'AbortError';
    expect(toErrorReport(abort).code).toBe('CANCELLED');
  });
});
