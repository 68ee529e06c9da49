/** `lucie ask`: the answer on standard output as it is generated, what it cost on standard error. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import type { GenerationStatistics } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Receipt } from '../contract/receipt.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { embeddedModelId, type ModelService } from '../models/index.ts';
import { wholeReceipt } from '../receipt/index.ts';
import { deviceFrom, textFrom } from './arguments.ts';
import { askedPrompt, checkAsked } from './ask-prompt.ts';
import { deviceLine } from './device-line.ts';
import { withModels } from './engine-only.ts';
import { headerHere } from './header-here.ts';
import { samplingFrom, samplingOptions } from './sampling-arguments.ts';

export async function ask(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...samplingOptions,
      model: { type: 'string' },
      system: { type: 'string' },
      prefill: { type: 'string', default: '' },
      'text-mode': { type: 'boolean', default: false },
      device: { type: 'string' },
      receipt: { type: 'string' },
    },
  });
  const sampling = await samplingFrom(values);
  const device = deviceFrom(values.device);
  const text = await textFrom(positionals);
  const { system, prefill, 'text-mode': isPlainText } = values;
  const asked = { text, system, prefill, isPlainText };
  checkAsked(asked);
  const body = async (models: ModelService): Promise<number> => {
    const model = await models.load(values.model ?? embeddedModelId);
    const line = deviceLine(model);
    if (line !== null) process.stderr.write(`${line}\n`);
    const { engine } = await models.ready();
    const prompt = await askedPrompt(engine, asked);
    const generationId = randomUUID();
    process.once('SIGINT', () => {
      // Where it fails the engine is gone, and the stream below says so.
      engine.cancel({ generationId }).catch(() => undefined);
    });
    const header = values.receipt === undefined ? null : await headerHere(engine, model);
    const generatedIds: number[] = [];
    for await (const event of await engine.generate({ generationId, ...prompt, sampling })) {
      if (event.type === 'given') process.stdout.write(event.texts.join(''));
      if (event.type === 'token') {
        process.stdout.write(event.token.text);
        generatedIds.push(event.token.id);
      }
      if (event.type !== 'end') continue;
      process.stdout.write(`${event.tail}\n`);
      process.stderr.write(`${statisticsLine(model.name, model.device, event.statistics)}\n`);
      if (header !== null && values.receipt !== undefined) {
        const answer = { sampling, seed: event.statistics.seed, ...prompt, generatedIds, createdAt: Date.now() };
        await saveReceipt(values.receipt, wholeReceipt(header, { ...answer, finishReason: event.reason }));
      }
      if (event.reason === 'cancelled') return 130;
    }
    return 0;
  };
  return withModels(entry, body, { device });
}

async function saveReceipt(path: string, receipt: Receipt): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(receipt)}\n`).catch((cause: unknown) => {
    throw new WorkbenchError('FOLDER_UNWRITABLE', `The receipt ${path} cannot be written: ${String(cause)}`, {
      action: 'Name a file in a folder that you may write to.',
      details: { folder: path },
      cause,
    });
  });
}

function statisticsLine(name: string, device: string, statistics: GenerationStatistics): string {
  const { generatedTokens, decodeMs, promptTokens, timeToFirstTokenMs, seed } = statistics;
  const rate = generatedTokens > 1 ? ((generatedTokens * 1_000) / decodeMs).toFixed(1) : '–';
  const first = timeToFirstTokenMs.toFixed(0);
  return `${name} on ${device}: ${promptTokens} prompt tokens, first token after ${first} ms, ${generatedTokens} tokens at ${rate} tokens/s, seed ${seed}`;
}
