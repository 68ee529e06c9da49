/** The embedded model as shipped (int4), and its fp32 export, made once a test file in a temporary folder. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import type { Engine, GenerateInput } from '../../../main/engine/engine.ts';
import { LanguageModel } from '../../../main/engine/language-model.ts';
import { readModelConfig } from '../../../main/engine/model-config.ts';
import { findModelFile } from '../../../main/engine/model-files.ts';
import { defaultSampling, type GenerationEvent, type Sampling } from '../../../main/contract/index.ts';
import { conversationSequences } from '../../../native-models/demo/sequences.ts';
import { exportModel } from '../../../native-models/export.ts';

export const demoFolder = resolve(import.meta.dirname, '../../../native-models/demo/lucie-demo');

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function exportFp32(): Promise<string> {
  const folder = await temporaryFolder();
  await exportModel({ sourceFolder: demoFolder, outputFolder: folder, variants: ['fp32'] });
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    await copyFile(join(demoFolder, name), join(folder, name));
  return folder;
}

/** The embedded model with an int8 cache beside its own, calibrated on its recorded conversations. */
export async function withInt8Cache(): Promise<string> {
  const folder = await temporaryFolder();
  const calibrationSequences = conversationSequences;
  await exportModel({ sourceFolder: demoFolder, outputFolder: folder, variants: ['q4'], calibrationSequences });
  return folder;
}

export async function openLanguageModel(folder: string): Promise<LanguageModel> {
  return LanguageModel.open(await findModelFile(folder), await readModelConfig(folder), { device: 'cpu', threads: 2 });
}

export const greedy: Sampling = { ...defaultSampling, temperature: 0, maxTokens: 60 };

export type EndEvent = Extract<GenerationEvent, { type: 'end' }>;

export interface Answer {
  ids: number[];
  text: string;
  events: GenerationEvent[];
  end: EndEvent;
}

/** Reads a whole generation; `onEvent` may cancel it on the way. */
export async function answer(
  engine: Engine,
  promptIds: readonly number[],
  sampling: Sampling = greedy,
  onEvent: (event: GenerationEvent, events: GenerationEvent[]) => void = () => undefined,
  drafts = true,
): Promise<Answer> {
  const input: GenerateInput = { generationId: 'test', promptIds, sampling, drafts };
  const events: GenerationEvent[] = [];
  for await (const event of await engine.generate(input)) {
    events.push(event);
    onEvent(event, events);
  }
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('The stream ended without an end event.');
  const tokens = events.flatMap((event) => (event.type === 'token' ? [event.token] : []));
  return { ids: tokens.map(({ id }) => id), text: tokens.map(({ text }) => text).join('') + end.tail, events, end };
}
