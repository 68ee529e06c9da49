/** `lucie replay FILE`: computes an answer again from its receipt, and says where it parts from the recorded one, if it does. */
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import type { Receipt } from '../contract/receipt.ts';
import type { ModelService } from '../models/index.ts';
import {
  differencesOf,
  folderOfReceipt,
  readReceipt,
  replay as replayReceipt,
  type Choice,
  type ReplayOutcome,
} from '../receipt/index.ts';
import { dataOption, deviceFrom, onlyPositional } from './arguments.ts';
import { deviceLine } from './device-line.ts';
import { withModels } from './engine-only.ts';
import { headerHere } from './header-here.ts';
import { interruptible } from './interruptible.ts';
import { openCatalogue } from './open-catalogue.ts';

/** Beside the codes of every command: the answer is another one. */
const exitDiverged = 3;

export async function replay(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...dataOption, model: { type: 'string' }, device: { type: 'string' } },
  });
  const receipt = await readReceipt(onlyPositional(positionals, 'Name the file of one receipt.'));
  const device = deviceFrom(values.device, receipt.device);
  const catalogue = await openCatalogue(values.data, entry);
  const folder =
    values.model === undefined
      ? await folderOfReceipt(receipt, await catalogue.list())
      : await catalogue.folderOf(values.model);
  const body = async (models: ModelService): Promise<number> => {
    const model = await models.load(folder);
    const line = deviceLine(model);
    if (line !== null) process.stderr.write(`${line}\n`);
    const { engine } = await models.ready();
    for (const { what, recorded, here } of differencesOf(receipt, await headerHere(engine, model))) {
      process.stderr.write(`warning: ${what}: recorded ${recorded}, here ${here}\n`);
    }
    return interruptible(async ({ signal }) => {
      const outcome = await replayReceipt(engine, receipt, model.vocabularySize, signal);
      const text = describeOutcome(receipt, outcome);
      if (text !== '') process.stdout.write(`${text}\n`);
      if (outcome.kind === 'cancelled') return 130;
      return outcome.kind === 'identical' ? 0 : exitDiverged;
    });
  };
  return withModels(entry, body, { device });
}

function describeOutcome({ generatedIds }: Receipt, outcome: ReplayOutcome): string {
  switch (outcome.kind) {
    case 'identical':
      return `identical: ${outcome.tokens} tokens`;
    case 'cancelled':
      return '';
    case 'other-end':
      return `diverged at the end: the same ${outcome.tokens} tokens, ended by ${outcome.replayed} instead of ${outcome.recorded}`;
    case 'diverged': {
      const { position, recorded, replayed } = outcome;
      const place = `diverged at token ${position + 1} of ${generatedIds.length}`;
      return `${place}: recorded ${describe(recorded)}, here ${describe(replayed)}${marginOf(recorded, replayed)}`;
    }
  }
}

function describe(choice: Choice | null): string {
  if (choice === null) return 'the end of the answer';
  return `${choice.id} ${JSON.stringify(choice.piece)} (log-probability ${choice.logProbability.toFixed(6)})`;
}

/** A small margin is a near tie, which other last bits may turn; a large one is another model, setting or seed. */
function marginOf(recorded: Choice | null, replayed: Choice | null): string {
  if (recorded === null || replayed === null) return '';
  return `; margin ${(replayed.logProbability - recorded.logProbability).toFixed(6)} nats`;
}
