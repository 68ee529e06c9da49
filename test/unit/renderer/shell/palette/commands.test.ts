import { describe, expect, it, vi } from 'vitest';
import { Commands } from '../../../../../renderer/shell/palette/commands.svelte.ts';
import { markedParts } from '../../../../../renderer/shell/palette/marked-parts.ts';

function storage(initial: Record<string, string> = {}): Storage {
  const items = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  } as unknown as Storage;
}

describe('Commands', () => {
  it('offers what is registered, for as long as it is', () => {
    const commands = new Commands(storage());
    const run = vi.fn();
    const remove = commands.register(() => [{ id: 'a', title: 'A', group: 'answer', run }]);
    expect(commands.run('a')).toBe(true);
    expect(run).toHaveBeenCalledOnce();
    remove();
    expect(commands.run('a')).toBe(false);
    expect(commands.all).toEqual([]);
  });

  it('remembers the last six, over a start, each once', () => {
    const kept = storage();
    const commands = new Commands(kept);
    for (const id of ['a', 'b', 'c', 'a', 'd', 'e', 'f', 'g']) commands.remember(id);
    expect(new Commands(kept).recent).toEqual(['g', 'f', 'e', 'd', 'a', 'c']);
  });

  it.each(['{', '{"a":1}', '[1]'])('begins anew where %s was kept', (text) => {
    expect(new Commands(storage({ 'lucie-recent-commands': text })).recent).toEqual([]);
  });
});

it('markedParts cuts a text without losing any of it', () => {
  const parts = markedParts('Écrire', [
    { start: 0, end: 1 },
    { start: 3, end: 6 },
  ]);
  expect(parts.map(({ text }) => text).join('')).toBe('Écrire');
  expect(parts.map(({ isMarked }) => isMarked)).toEqual([true, false, true]);
  expect(markedParts('', [])).toEqual([]);
});
