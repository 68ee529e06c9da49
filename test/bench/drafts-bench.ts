/**
 * What drafts from the text save (`main/engine/drafting.ts`), on Lucie-7B's shape. Synthetic weights choose nothing worth measuring,
 * so the answers are given: the model is run over them with and without drafts, and a draft is right where the given answer has it.
 * That measures the time; how often a real model quotes is the answer's own matter.
 */
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Drafting } from '../../main/engine/drafting.ts';
import { LanguageModel } from '../../main/engine/language-model.ts';
import { readModelConfig } from '../../main/engine/model-config.ts';
import { findModelFile } from '../../main/engine/model-files.ts';
import { sensibleThreadCount } from '../../main/engine/threads.ts';
import { Tokenizer } from '../../main/tokenizer/index.ts';
import { embedded } from '../fixtures/workbench.ts';
import type { BenchOptions } from './bench-options.ts';
import { markdownTable, summarise, type Row } from './measure.ts';
import { benchModel } from './peers/bench-models.ts';

const textPath = resolve(import.meta.dirname, '../../native-models/calibrate/calibration-text.txt');

interface Task {
  name: string;
  prompt: string;
  answer: string;
}

export async function draftsBench({ models, layers = 8, rounds = 5 }: BenchOptions): Promise<string> {
  const { block128 } = await benchModel(models ?? join(tmpdir(), 'lucie-bench-models'), layers, [128]);
  return markdownTable(await measured(block128, rounds));
}

async function measured(modelFolder: string, rounds: number): Promise<Row[]> {
  const tokenizer = await Tokenizer.load(embedded.modelFolder);
  const model = await LanguageModel.open(await findModelFile(modelFolder), await readModelConfig(modelFolder), {
    device: 'cpu',
    threads: sensibleThreadCount(),
  });
  const rows: Row[] = [];
  for (const { name, prompt, answer } of await tasks()) {
    const promptIds = await tokenizer.encode(prompt);
    const answerIds = (await tokenizer.encode(answer)).slice(0, 96);
    const times = { off: [] as number[], on: [] as number[] };
    let accepted = 0;
    for (let round = 0; round < rounds; round++) {
      for (const kind of ['off', 'on'] as const) {
        const run = await timedAnswer(model, promptIds, answerIds, kind === 'on');
        times[kind].push(run.msPerToken);
        if (kind === 'on') accepted = run.accepted / run.proposed;
      }
    }
    const ratios = times.off.map((off, i) => off / (times.on[i] ?? Number.NaN));
    rows.push(
      summarise(`${name}: without drafts`, 'ms/token', times.off),
      summarise(`${name}: with drafts, ${(100 * accepted).toFixed(0)} % right`, 'ms/token', times.on),
      summarise(`${name}: gain`, 'x', ratios),
    );
  }
  await model.release();
  return rows;
}

async function timedAnswer(
  model: LanguageModel,
  promptIds: readonly number[],
  answerIds: readonly number[],
  isDrafted: boolean,
): Promise<{ msPerToken: number; proposed: number; accepted: number }> {
  const cache = model.newCache();
  for (let start = 0; start < promptIds.length; start += 64)
    await model.feed(cache, promptIds.slice(start, start + 64));
  const drafting = new Drafting(model, promptIds, isDrafted);
  drafting.chose(0, answerIds[0] ?? 0);
  let given = 1;
  const begun = performance.now();
  while (given < answerIds.length) {
    const rows = await drafting.run(cache, answerIds[given - 1] ?? 0, answerIds.length - given - 1);
    for (let row = 0; row < rows.length && given < answerIds.length; row++) {
      const isRight = drafting.chose(row, answerIds[given] ?? 0);
      given++;
      if (!isRight) break;
    }
    cache.rewind(promptIds.length + given - 1);
  }
  return { msPerToken: (performance.now() - begun) / (answerIds.length - 1), ...drafting.counts };
}

async function tasks(): Promise<Task[]> {
  const paragraphs = (await readFile(textPath, 'utf8')).split('\n\n').filter((text) => text.length > 200);
  const [first = '', second = '', third = '', other = ''] = paragraphs;
  const source = [first, second, third].join('\n\n');
  return [
    { name: 'quote a paragraph', prompt: `${source}\n\nRecopiez le deuxième paragraphe.\n\n`, answer: second },
    {
      name: 'edit a paragraph',
      prompt: `${source}\n\nRemplacez « eau » par « onde » dans le deuxième paragraphe.\n\n`,
      answer: second.replaceAll('eau', 'onde').replaceAll(' des ', ' les '),
    },
    {
      name: 'answer from a document, with quotations',
      prompt: `${source}\n\nQue dit le texte des ions, et où le dit-il ?\n\n`,
      answer: quotingAnswer(second),
    },
    { name: 'write something else', prompt: `${source}\n\nÉcrivez autre chose.\n\n`, answer: other },
  ];
}

/** Every other sentence of the source between words of its own. */
function quotingAnswer(source: string): string {
  const sentences = source.split(/(?<=\.) /);
  return sentences
    .filter((_, i) => i % 2 === 0)
    .map((sentence, i) => `${i === 0 ? 'Le texte dit d’abord' : 'Plus loin on lit'} : « ${sentence} » `)
    .join('');
}
