/**
 * What the demo model is measured on: the recorded conversations of answers.json (prompt and greedy answer, which is what it was
 * trained for) and short prose in five languages written for this purpose (which it has never seen).
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from 'tokenizers';

export const demoFolder = import.meta.dirname;
export const demoModelFolder = join(demoFolder, 'lucie-demo');

export interface RecordedAnswer {
  readonly prompt: string;
  readonly prompt_ids: readonly number[];
  readonly greedy_ids: readonly number[];
  readonly text: string;
}

/** Greedy answers of the float32 model under torch. */
export async function recordedAnswers(): Promise<readonly RecordedAnswer[]> {
  return JSON.parse(await readFile(join(demoFolder, 'answers.json'), 'utf8')) as RecordedAnswer[];
}

export async function conversationSequences(): Promise<number[][]> {
  return (await recordedAnswers()).map(({ prompt_ids, greedy_ids }) => [...prompt_ids, ...greedy_ids]);
}

export async function proseSequences(): Promise<number[][]> {
  const texts = JSON.parse(await readFile(join(demoFolder, 'report-texts.json'), 'utf8')) as string[];
  const tokenizer = Tokenizer.fromFile(join(demoModelFolder, 'tokenizer.json'));
  return Promise.all(texts.map(async (text) => (await tokenizer.encode(text)).getIds()));
}
