/** Declares a procedure together with the failures that its callers should expect. */
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorDetailsSchema, type ErrorCode } from './errors.ts';

const errorDataSchema = z.object({ action: z.string(), details: errorDetailsSchema });

type ErrorMap = Record<ErrorCode, { data: typeof errorDataSchema }>;

/** `fails('CONTEXT_EXCEEDED').input(…).output(…)`: a contract procedure whose listed errors reach the client typed. */
export function fails<Code extends ErrorCode>(...codes: Code[]) {
  const map = Object.fromEntries(codes.map((code) => [code, { data: errorDataSchema }])) as Pick<ErrorMap, Code>;
  return oc.errors(map);
}

/** A procedure with no expected failure. */
export const procedure = oc;
