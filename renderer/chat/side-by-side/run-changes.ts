/** What an event makes of a run. Runs are never changed in place: what is shown of one answer does not depend on the others. */
import type { ContenderAnswer, SideBySideRun, SideBySideStatus } from '../../../main/contract/side-by-side.ts';
import type { GeneratedToken } from '../../../main/contract/tokens.ts';

export interface AddedToken {
  position: number;
  token: GeneratedToken;
}

export function isUnderWay(status: SideBySideStatus): boolean {
  return status === 'running' || status === 'restoring';
}

/** Nothing is added to an answer any more. */
export function hasEnded({ status }: ContenderAnswer): boolean {
  return status !== 'waiting' && status !== 'loading' && status !== 'answering';
}

export function replaceAnswer(run: SideBySideRun, position: number, answer: ContenderAnswer): SideBySideRun {
  return { ...run, answers: run.answers.map((before, at) => (at === position ? answer : before)) };
}

export function addTokens(run: SideBySideRun, added: readonly AddedToken[]): SideBySideRun {
  const answers = run.answers.map((answer, position) => {
    const tokens = added.filter((one) => one.position === position).map(({ token }) => token);
    if (tokens.length === 0) return answer;
    const text = answer.text + tokens.map((token) => token.text).join('');
    return { ...answer, text, tokens: [...answer.tokens, ...tokens] };
  });
  return { ...run, answers };
}
