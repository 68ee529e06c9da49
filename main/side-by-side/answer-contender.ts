/** One contender's answer: the prompt encoded for its model, generated, and the way it ended. */
import { randomUUID } from 'node:crypto';
import type { FinishReason, GenerationEvent, LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { ReceiptHeader } from '../contract/receipt.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { SideBySideEvent, SideBySidePrompt } from '../contract/side-by-side.ts';
import type { EngineClient, HeldEngine } from '../models/index.ts';
import { encodeFor } from './contender-prompt.ts';
import type { RunningRun } from './running-run.ts';

export interface ContenderTask {
  run: RunningRun;
  position: number;
  held: HeldEngine;
  target: { engine: EngineClient; model: LoadedModel };
  prompt: SideBySidePrompt;
  sampling: Sampling;
  signal: AbortSignal;
  publish: (event: SideBySideEvent) => void;
  /** `null` where the model's files cannot be read: an answer is not refused for the want of a receipt. */
  receiptHeader: () => Promise<ReceiptHeader | null>;
  keepReceipt: (promptIds: readonly number[], header: ReceiptHeader) => void;
}

type End = Extract<GenerationEvent, { type: 'end' }>;

/** @throws WorkbenchError as `encodeFor` and `generate` of the engine; what was generated until then is in the run */
export async function answerContender(task: ContenderTask): Promise<void> {
  const { run, position, target, prompt, signal } = task;
  const promptIds = await encodeFor(target, prompt, run.answer(position).contender);
  const header = await task.receiptHeader();
  if (header !== null) task.keepReceipt(promptIds, header);
  if (signal.aborted) return run.change(position, { status: 'stopped' });
  const end = await generate(task, promptIds);
  const { text } = run.answer(position);
  const { reason: finishReason, statistics } = end;
  run.change(position, { status: statusAfter(finishReason), text: text + end.tail, finishReason, statistics });
}

/** Stopping is asked of the engine, so that the answer ends with its statistics and keeps its receipt. */
async function generate(
  { run, position, held, target, sampling, signal, publish }: ContenderTask,
  promptIds: number[],
): Promise<End> {
  const { engine, model } = target;
  const generationId = randomUUID();
  const continuesText = run.answer(position).contender.mode === 'text';
  // An engine that is gone has ended the answer too, and says so there.
  const stop = () => void held.cancel(engine, generationId).catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const body = async function* () {
      yield* await engine.generate({ generationId, promptIds, sampling, continuesText });
    };
    let end: End | null = null;
    for await (const event of held.generating(body, model, signal)) {
      if (event.type === 'token') run.addToken(position, event.token);
      else if (event.type === 'end') end = event;
      else if (event.type === 'prefill')
        publish({ type: 'prefill', position, progress: event.progress, remainingMs: event.remainingMs });
    }
    if (end !== null) return end;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  throw new WorkbenchError('INTERNAL', 'The engine ended the answer without saying why.', { action: 'Try again.' });
}

function statusAfter(reason: FinishReason): 'stopped' | 'complete' {
  return reason === 'cancelled' ? 'stopped' : 'complete';
}
