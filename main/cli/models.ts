/** `lucie models`: a word says what to do with them; without one they are listed. */
import type { EntryFiles } from '../app/index.ts';
import { UsageError } from './arguments.ts';
import { convertModel } from './convert-model.ts';
import { listModels } from './list-models.ts';
import { pullModel } from './pull-model.ts';
import { removeModel } from './remove-model.ts';
import { verifyModel } from './verify-model.ts';

const verbs = { convert: convertModel, list: listModels, pull: pullModel, remove: removeModel, verify: verifyModel };

export function models(args: string[], entry: EntryFiles): Promise<number> {
  const [verb = 'list', ...rest] = args;
  if (verb.startsWith('-')) return listModels(args, entry);
  if (Object.hasOwn(verbs, verb)) return verbs[verb as keyof typeof verbs](rest, entry);
  throw new UsageError(`"lucie models" knows ${Object.keys(verbs).join(', ')}, not "${verb}".`);
}
