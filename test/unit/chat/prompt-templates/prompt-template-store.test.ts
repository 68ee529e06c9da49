import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase, PromptTemplateStore } from '../../../../main/chat/index.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

it('keeps templates by name, changes them, and takes a deletion back', () => {
  const path = join(temporaryFolder(), 'conversations.sqlite');
  const templates = new PromptTemplateStore(openDatabase(path));
  const b = templates.save({ id: null, name: 'Résumer', text: '{{texte}}' });
  const a = templates.save({ id: null, name: 'expliquer', text: '{{mot}}' });
  expect(new PromptTemplateStore(openDatabase(path)).list().map(({ name }) => name)).toEqual(['expliquer', 'Résumer']);
  templates.save({ ...b, name: 'Écourter' });
  expect(templates.list().map(({ id, name }) => [id, name])).toEqual([
    [b.id, 'Écourter'],
    [a.id, 'expliquer'],
  ]);
  templates.remove(b.id);
  expect(templates.list().map(({ id }) => id)).toEqual([a.id]);
  templates.save(b);
  expect(templates.list()).toContainEqual({ ...b, updatedAt: expect.any(Number) as number });
});
