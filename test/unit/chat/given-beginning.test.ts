import { expect, test } from 'vitest';
import { takenOver } from '../../../main/chat/given-beginning.ts';
import { answer, token } from '../../fixtures/messages.ts';

const written = answer({
  id: 'a',
  conversationId: 'c',
  text: 'Oui, Paris.…',
  prefill: 'Oui,',
  ids: [9, 8, 1, 2],
  tokens: [token(1, ' Paris'), token(2, '.')],
});
const take = (tokens: number, alternativeId: number | null = null) => ({ messageId: 'a', tokens, alternativeId });

test('ids are taken over as they are, what was written for the answer with them', () => {
  const { tokens, prefill } = written;
  const given = { prefill, prefillIds: [9, 8], messageId: 'a' };
  expect(takenOver(written, take(2), 'demo-hash')).toEqual({ ...given, tokens });
  expect(takenOver(written, take(0), 'demo-hash')).toEqual({ ...given, tokens: [] });
  const [first] = takenOver(written, take(0, 2), 'demo-hash').tokens;
  expect(first).toEqual({
    ...tokens[0],
    id: 2,
    piece: '▁autre',
    text: '',
    logProbability: -1.75,
    probability: null,
    rank: 2,
  });
  expect(takenOver(written, take(1, 2), 'demo-hash').tokens).toEqual(tokens);
});

test('what another tokenizer wrote is taken over as text, to be read anew', () => {
  const asText = (tokens: number, alternativeId: number | null = null) =>
    takenOver(written, take(tokens, alternativeId), 'x');
  expect(asText(1)).toEqual({ prefill: 'Oui, Paris', prefillIds: null, tokens: [], messageId: 'a' });
  expect(asText(2).prefill).toBe('Oui, Paris.…');
  expect(asText(1, 3).prefill).toBe('Oui, Paris autre');
  const bare = { ...written, prefill: '', ids: [1, 2] };
  expect(takenOver(bare, take(0, 2), 'x').prefill).toBe('autre');
  const alternatives = [{ id: 7, piece: '<0xC3>', logProbability: -1 }];
  const bytes = { ...written, tokens: [{ ...token(1, ' Paris'), alternatives }, token(2, '.')] };
  expect(() => takenOver(bytes, take(0, 7), 'x')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});

test('what a person wrote whole is taken over whole', () => {
  const own = answer({ id: 'a', conversationId: 'c', text: 'Rome', tokenizer: null });
  expect(takenOver(own, take(0), 'x')).toEqual({ prefill: 'Rome', prefillIds: null, tokens: [], messageId: 'a' });
});

test.each([
  ['more tokens than there are', written, take(3)],
  ['an alternative after the last token', written, take(2, 1)],
  ['an alternative that the model did not have', written, take(0, 99)],
  ['a question', { ...written, role: 'user' as const }, take(0)],
])('refused: %s', (_name, message, wish) => {
  expect(() => takenOver(message, wish, 'demo-hash')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
