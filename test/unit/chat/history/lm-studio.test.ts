import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lmStudioConversation } from '../../../../main/chat/history/transfer/lm-studio.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../fixtures/history', name), 'utf8')) as Record<
    string,
    unknown
  >;

test('versions stand beside each other, what follows hangs below the selected one', () => {
  const { messages, leafId, ...conversation } = lmStudioConversation(read('lm-studio.conversation.json'));
  expect(conversation).toMatchObject({
    title: 'Capitales',
    createdAt: 1_710_000_000_000,
    updatedAt: 1_710_000_020_000,
    source: { kind: 'lm-studio', id: null },
    isPinned: true,
    // The picture and the reasoning; what the program notes for itself is no part of the conversation.
    omittedParts: 2,
  });
  const [system, question, first, second, thanks] = messages;
  expect(messages).toHaveLength(5);
  expect(system).toMatchObject({ role: 'system', parentId: null, text: 'Tu réponds en français.' });
  expect(question).toMatchObject({
    role: 'user',
    parentId: system?.id,
    text: 'Quelle est la capitale de l’Éthiopie ?',
    model: null,
  });
  expect(first).toMatchObject({
    parentId: question?.id,
    text: 'Je ne sais pas.',
    model: 'lucie-7b-instruct',
    createdAt: 1_710_000_005_000,
  });
  expect(second).toMatchObject({
    parentId: question?.id,
    text: 'C’est Addis-Abeba.',
    model: 'lucie-7b-instruct-v1.1',
    createdAt: 1_710_000_016_000,
  });
  expect(thanks).toMatchObject({ parentId: second?.id, text: 'Merci !' });
  expect(leafId).toBe(thanks?.id);
});

test('the earlier form: one text a message', () => {
  const { title, messages } = lmStudioConversation(read('lm-studio-early.json'));
  expect(title).toBe('Earlier form');
  expect(messages.map(({ role, text }) => [role, text])).toEqual([
    ['system', 'Answer briefly.'],
    ['user', 'What is the capital of Japan?'],
    ['assistant', 'Tokyo.'],
  ]);
});

test('a conversation that grew or was renamed keeps its id', () => {
  const file = read('lm-studio.conversation.json');
  const shorter = { ...file, name: 'Renamed', messages: (file.messages as unknown[]).slice(0, 2) };
  expect(lmStudioConversation(shorter).id).toBe(lmStudioConversation(file).id);
});

test('what is no message is left out and counted; what is no file of the kind is refused', () => {
  const { messages, omittedParts } = lmStudioConversation({
    messages: [null, 7, { role: 'robot', content: 'x' }, { role: 'user', content: 'Bonjour' }],
  });
  expect(messages.map(({ text }) => text)).toEqual(['Bonjour']);
  expect(omittedParts).toBe(3);
  for (const bad of [null, {}, { messages: {} }, []]) expect(() => lmStudioConversation(bad)).toThrow();
});
