/**
 * All contenders of a run, one after the other: each model loaded once, one that fails ends itself and nobody else, and the model
 * that was loaded before put back, however the run ends.
 */
import type { LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { ModelSummary } from '../contract/models.ts';
import type { ReceiptHeader } from '../contract/receipt.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { ContenderAnswer, SideBySideEvent } from '../contract/side-by-side.ts';
import type { Logger } from '../logger/index.ts';
import type { HeldEngine, HeldModel } from '../models/index.ts';
import { answerContender } from './answer-contender.ts';
import { groupByModel } from './group-by-model.ts';
import type { RunningRun } from './running-run.ts';
import type { RunStore } from './run-store.ts';

export interface RunParts {
  run: RunningRun;
  store: RunStore;
  held: HeldEngine;
  models: readonly ModelSummary[];
  defaultSampling: Sampling;
  receiptHeader: (target: HeldModel) => Promise<ReceiptHeader | null>;
  publish: (event: SideBySideEvent) => void;
  signal: AbortSignal;
  isClosing: () => boolean;
  logger: Logger;
}

/** Never rejects: however it ends, the run is stored and the engine let go. */
export async function runContenders(parts: RunParts): Promise<void> {
  const { run, held, signal, logger } = parts;
  try {
    const contenders = run.snapshot().answers.map(({ contender }) => contender);
    for (const { modelId, positions } of groupByModel(contenders, held.chosenId)) {
      for (const position of positions) await answerOne(parts, modelId, position);
    }
    if (!parts.isClosing()) run.changeRun({ status: 'restoring' });
  } catch (error) {
    logger.log('error', 'A side-by-side run was broken off', { error });
  }
  const restoreError = await held.release({ isClosing: parts.isClosing() });
  if (restoreError !== null) logger.log('error', 'The model of before could not be loaded again', { restoreError });
  const restored = { restoreError: restoreError?.toReport() ?? null };
  try {
    run.changeRun({ status: signal.aborted ? 'stopped' : 'complete', ...restored });
  } catch (error) {
    logger.log('error', 'The end of a side-by-side run could not be stored', { error });
  }
}

/** @throws what storing throws */
async function answerOne(parts: RunParts, modelId: string, position: number): Promise<void> {
  const { run, store, held, signal, publish } = parts;
  if (signal.aborted) return run.change(position, { status: 'stopped' });
  try {
    run.change(position, { status: 'loading' });
    const target = await held.load(modelId);
    const loadMs = target.wasLoaded ? null : target.model.loadMs;
    const { seed } = run.snapshot();
    const { contender } = run.answer(position);
    const sampling = { ...parts.defaultSampling, ...contender.sampling, seed: contender.sampling.seed ?? seed };
    const model = modelOf(modelId, target.model, parts.models);
    run.change(position, { status: signal.aborted ? 'stopped' : 'answering', model, sampling, loadMs });
    if (signal.aborted) return;
    await answerContender({
      ...{ run, position, held, target, sampling, signal, publish },
      prompt: run.snapshot().prompt,
      receiptHeader: () => parts.receiptHeader(target),
      keepReceipt: (promptIds, header) => store.keepReceipt(run.id, position, promptIds, header),
    });
  } catch (thrown) {
    parts.logger.log('warn', 'A contender failed', { modelId, error: thrown });
    const error = WorkbenchError.from(thrown);
    const { text, tokens } = run.answer(position);
    // An engine that had to be ended for a stop has done what was asked.
    const isStopped = signal.aborted && (error.code === 'ENGINE_CRASHED' || error.code === 'CANCELLED');
    const status = isStopped ? 'stopped' : tokens.length > 0 ? 'interrupted' : 'failed';
    run.change(position, { status, text, error: isStopped ? null : error.toReport() });
  }
}

function modelOf(id: string, model: LoadedModel, models: readonly ModelSummary[]): ContenderAnswer['model'] {
  const { name, file, device, tokenizerHash } = model;
  const files = models.find(({ folder }) => folder === model.folder)?.files ?? [];
  const quantisation = files.find((candidate) => candidate.name === file)?.quantisation ?? null;
  return { id, name, file, device, tokenizerHash, quantisation };
}
