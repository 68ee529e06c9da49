/** What the palette shows for a query, in which order: pure, so that it can be tested. */
import { commandGroups, type Command, type CommandGroup } from './commands.svelte.ts';
import { fuzzyMatch, type MatchedRange } from './fuzzy-match.ts';

export interface RankedCommand {
  readonly command: Command;
  readonly group: CommandGroup;
  /** Letters of the title that were typed. */
  readonly ranges: readonly MatchedRange[];
}

const SHOWN = 60;
/** Without a query the list of conversations would bury everything else. */
const SHOWN_CONVERSATIONS = 5;
const FOUND_BY_KEYWORD = 0.6;
const RECENT_BONUS = 2;

export function rankCommands(commands: readonly Command[], query: string, recent: readonly string[]): RankedCommand[] {
  return query.trim() === '' ? unasked(commands, recent) : asked(commands, query, recent).slice(0, SHOWN);
}

function unasked(commands: readonly Command[], recent: readonly string[]): RankedCommand[] {
  const byId = new Map(commands.map((command) => [command.id, command]));
  const used = recent.flatMap((id) => byId.get(id) ?? []);
  let conversations = 0;
  const others = commands.filter(
    ({ id, group }) => !recent.includes(id) && (group !== 'conversations' || ++conversations <= SHOWN_CONVERSATIONS),
  );
  others.sort((a, b) => commandGroups.indexOf(a.group) - commandGroups.indexOf(b.group));
  return [
    ...used.map((command) => ({ command, group: 'recent' as const, ranges: [] })),
    ...others.map((command) => ({ command, group: command.group, ranges: [] })),
  ];
}

function asked(commands: readonly Command[], query: string, recent: readonly string[]): RankedCommand[] {
  return commands
    .flatMap((command) => {
      const found = match(command, query);
      if (found === null) return [];
      const score = found.score + (recent.includes(command.id) ? RECENT_BONUS : 0);
      return [{ command, group: command.group, ranges: found.ranges, score }];
    })
    .sort((a, b) => b.score - a.score);
}

function match(command: Command, query: string): { score: number; ranges: readonly MatchedRange[] } | null {
  const byTitle = fuzzyMatch(query, command.title);
  if (byTitle !== null) return byTitle;
  const byKeyword = fuzzyMatch(query, `${command.title} ${command.detail ?? ''} ${command.keywords ?? ''}`);
  return byKeyword && { score: byKeyword.score * FOUND_BY_KEYWORD, ranges: [] };
}
