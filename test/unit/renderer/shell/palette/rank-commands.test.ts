import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../../renderer/shell/palette/commands.svelte.ts';
import { rankCommands } from '../../../../../renderer/shell/palette/rank-commands.ts';

const command = (id: string, title: string, group: Command['group'] = 'go', keywords = ''): Command => ({
  id,
  title,
  group,
  keywords,
  run: () => undefined,
});
const talks = Array.from({ length: 9 }, (_, index) => command(`c${index}`, `Talk ${index}`, 'conversations'));
const commands = [command('data', 'Data'), command('dark', 'Theme: dark', 'settings', 'night'), ...talks];
const ids = (query: string, recent: string[] = []) =>
  rankCommands(commands, query, recent).map((line) => line.command.id);

describe('rankCommands', () => {
  it('shows what was used last first, then the rest in order, and only some conversations', () => {
    expect(ids('', ['dark', 'gone'])).toEqual(['dark', 'data', 'c0', 'c1', 'c2', 'c3', 'c4']);
    const mixed = [command('dark', 'Dark', 'settings'), command('data', 'Data'), command('light', 'Light', 'settings')];
    expect(rankCommands(mixed, '', []).map(({ group }) => group)).toEqual(['go', 'settings', 'settings']);
    expect(rankCommands(commands, ' ', ['dark'])[0]?.group).toBe('recent');
  });

  it('finds every conversation', () => {
    expect(ids('talk 8')[0]).toBe('c8');
  });

  it('puts what was used last above what fits as well', () => {
    expect(ids('talk', ['c7'])[0]).toBe('c7');
    expect(ids('data', ['c7'])).toEqual(['data']);
  });

  it('finds by keyword, below what has the word in its name', () => {
    expect(ids('night')).toEqual(['dark']);
    expect(rankCommands(commands, 'night', [])[0]?.ranges).toEqual([]);
  });
});
