/** A receipt from what is known when an answer begins, and what is added when it has ended. */
import type { FinishReason, LoadedModel } from '../contract/engine.ts';
import type { EngineFingerprint } from '../contract/fingerprint.ts';
import { receiptFormat, type Receipt, type ReceiptHeader } from '../contract/receipt.ts';
import type { Sampling } from '../contract/sampling.ts';

export interface ReceiptSubject {
  workbenchVersion: string;
  model: Pick<LoadedModel, 'name' | 'file' | 'isExact' | 'tokenizerHash' | 'device' | 'threads'>;
  fingerprint: EngineFingerprint;
  origin: { repository: string; revision: string; commit: string | null } | null;
}

export function receiptHeader({ workbenchVersion, model, fingerprint, origin }: ReceiptSubject): ReceiptHeader {
  const { graphSha256, weights, runtime } = fingerprint;
  return {
    format: receiptFormat,
    version: 1,
    workbench: workbenchVersion,
    model: {
      name: model.name,
      repository: origin?.repository ?? null,
      revision: origin?.revision ?? null,
      commit: origin?.commit ?? null,
      file: model.file,
      graphSha256,
      weights,
      isExact: model.isExact,
    },
    tokenizerSha256: model.tokenizerHash,
    runtime,
    device: model.device,
    threads: model.threads,
  };
}

export interface AnswerOfReceipt {
  sampling: Sampling;
  /** The one that was used, drawn or given. */
  seed: number;
  promptIds: number[];
  /** How many of the last `promptIds` the answer begins with. */
  givenTokens: number;
  /** Whether the answer goes on with the text of the prompt. */
  continuesText: boolean;
  generatedIds: number[];
  finishReason: FinishReason;
  /** Milliseconds since 1970. */
  createdAt: number;
}

export function wholeReceipt(header: ReceiptHeader, answer: AnswerOfReceipt): Receipt {
  const { sampling, seed, createdAt, ...rest } = answer;
  return { ...header, sampling: { ...sampling, seed }, ...rest, createdAt: new Date(createdAt).toISOString() };
}
