import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chatgptConversation } from '../../../../main/chat/history/transfer/chatgpt.ts';

const exported = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/history/chatgpt-conversations.json'), 'utf8'),
) as unknown[];

interface Node {
  parent: string | null;
  children: string[];
  message: unknown;
}

function nodes(list: [id: string, parent: string | null, role: string, text: string][]): Record<string, Node> {
  return Object.fromEntries(
    list.map(([id, parent, role, text]) => [
      id,
      {
        parent,
        children: list.filter(([, above]) => above === id).map(([child]) => child),
        message: { author: { role }, content: { content_type: 'text', parts: [text] } },
      },
    ]),
  );
}

test('the tree of what was said: both answers, the shown one with its pieces put together', () => {
  const { messages, leafId, ...conversation } = chatgptConversation(exported[0]);
  expect(conversation).toMatchObject({
    title: 'Recette de crêpes',
    createdAt: 1_700_000_000_250,
    updatedAt: 1_700_000_400_500,
    source: { kind: 'chatgpt', id: '6a0f2f0e-1111-4222-8333-444455556666' },
    isPinned: false,
    // The picture, the call of the tool and its result.
    omittedParts: 3,
  });
  const [question, first, second] = messages;
  expect(messages).toHaveLength(3);
  expect(question).toMatchObject({
    role: 'user',
    parentId: null,
    text: 'Comment faire une pâte à crêpes ?',
    createdAt: 1_700_000_001_125,
  });
  expect(first).toMatchObject({ role: 'assistant', parentId: question?.id, model: 'gpt-4' });
  expect(second).toMatchObject({
    parentId: question?.id,
    model: 'gpt-4o',
    text: 'Je cherche une recette.\n\n250 g de farine, 4 œufs, un demi-litre de lait.',
  });
  expect(leafId).toBe(second?.id);
});

test('the same file makes the same ids, and conversations that share messages have different ones', () => {
  expect(chatgptConversation(exported[0])).toEqual(chatgptConversation(exported[0]));
  const mapping = nodes([['a', null, 'user', 'Bonjour']]);
  const [one, other] = ['1', '2'].map((id) => chatgptConversation({ id, mapping }));
  expect(one?.messages[0]?.id).not.toBe(other?.messages[0]?.id);
});

test('what hangs below something that is left out goes to the next message above', () => {
  const { messages } = chatgptConversation({
    mapping: nodes([
      ['q', null, 'user', 'Une question'],
      ['tool', 'q', 'tool', 'un résultat'],
      ['empty', 'tool', 'assistant', ''],
      ['a', 'empty', 'assistant', 'La réponse'],
    ]),
  });
  expect(messages.map(({ text, parentId }) => [text, parentId])).toEqual([
    ['Une question', null],
    ['La réponse', messages[0]?.id],
  ]);
});

test('a circle, a lost parent and ten thousand turns do not hang or overflow', () => {
  const circle = chatgptConversation({
    mapping: nodes([
      ['a', 'b', 'user', 'x'],
      ['b', 'a', 'user', 'y'],
    ]),
  });
  expect(circle.messages).toEqual([]);
  const orphan = chatgptConversation({ mapping: nodes([['a', 'gone', 'user', 'x']]) });
  expect(orphan.messages.map(({ parentId }) => parentId)).toEqual([null]);
  const mapping = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i): [string, Node] => [
      `n${i}`,
      {
        parent: i === 0 ? null : `n${i - 1}`,
        children: i === 9_999 ? [] : [`n${i + 1}`],
        message: {
          author: { role: i % 2 === 0 ? 'user' : 'assistant' },
          content: { content_type: 'text', parts: [`${i}`] },
        },
      },
    ]),
  );
  expect(chatgptConversation({ mapping }).messages).toHaveLength(10_000);
});

test('what has no tree is refused', () => {
  expect(() => chatgptConversation(exported[1])).toThrow('mapping');
});
