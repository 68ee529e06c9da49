/** `lucie models`: a word says what to do with them; without one they are listed. */
import type { EntryFiles } from '../app/index.ts';
import { UsageError } from './arguments.ts';
import { listModels } from './list-models.ts';
import { pullModel } from './pull-model.ts';

export function models(args: string[], entry: EntryFiles): Promise<number> {
  const [verb = 'list', ...rest] = args;
  if (verb === 'list') return listModels(rest, entry);
  if (verb === 'pull') return pullModel(rest);
  if (verb.startsWith('-')) return listModels(args, entry);
  throw new UsageError(`"lucie models" knows list and pull, not "${verb}".`);
}
