/** What is wrong with a grammar, in one form for every way to notice it. */
import { WorkbenchError } from '../../contract/errors.ts';

export function invalidGrammar(reason: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('GRAMMAR_INVALID', `The grammar cannot be used: ${reason}.`, {
    action: 'Correct the JSON schema, the regular expression or the GBNF grammar.',
    details: { reason },
    cause,
  });
}
