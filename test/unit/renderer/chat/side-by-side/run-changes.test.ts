import { expect, it } from 'vitest';
import type { ContenderAnswer, SideBySideRun } from '../../../../../main/contract/side-by-side.ts';
import { addTokens, replaceAnswer } from '../../../../../renderer/chat/side-by-side/run-changes.ts';
import { token } from '../../../../fixtures/messages.ts';

const waiting: ContenderAnswer = {
  contender: { modelId: null, mode: 'chat', systemPrompt: '', sampling: {} },
  status: 'waiting',
  model: null,
  sampling: null,
  text: '',
  tokens: [],
  finishReason: null,
  statistics: null,
  loadMs: null,
  error: null,
};
const run: SideBySideRun = {
  id: 'r',
  prompt: { kind: 'text', text: 'Bonjour' },
  seed: 1,
  status: 'running',
  restoreError: null,
  createdAt: 1,
  answers: [waiting, waiting],
};

it('tokens go to their own answers, in order, and change nothing else', () => {
  const added = [token(1, 'La'), token(2, ' mer'), token(3, 'Le')];
  const next = addTokens(run, [
    { position: 0, token: token(1, 'La') },
    { position: 1, token: token(3, 'Le') },
    { position: 0, token: token(2, ' mer') },
  ]);
  expect(next.answers.map(({ text, tokens }) => [text, tokens.length])).toEqual([
    ['La mer', 2],
    ['Le', 1],
  ]);
  expect(next.answers[0]?.tokens).toEqual(added.slice(0, 2));
  expect(run.answers[0]?.tokens).toEqual([]);
  const one = addTokens(run, [{ position: 1, token: token(3, 'Le') }]);
  expect(one.answers[0]).toBe(run.answers[0]);
});

it('an answer takes the place of what it was', () => {
  const loading: ContenderAnswer = { ...waiting, status: 'loading' };
  expect(replaceAnswer(run, 1, loading).answers).toEqual([waiting, loading]);
});
