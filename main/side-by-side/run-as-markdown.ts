/** A run to be read: the prompt, each answer with its settings and figures, and where each parts from the reference. */
import { firstDivergence, type Choice } from '../contract/first-divergence.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { ContenderAnswer, SideBySideRun } from '../contract/side-by-side.ts';
import { promptText } from './prompt-text.ts';

export function runAsMarkdown(run: SideBySideRun, reference: number): string {
  const { prompt, seed, createdAt, answers } = run;
  const compared = answers[reference] ?? answers[0];
  const sections = answers.flatMap((answer, position) => [
    `## ${position + 1}. ${nameOf(answer)}`,
    [...facts(answer), ...(compared === undefined || compared === answer ? [] : [partsAt(compared, answer)])]
      .map((fact) => `- ${fact}`)
      .join('\n'),
    answer.text === '' ? `(${answer.error?.message ?? answer.status})` : fenced(answer.text),
  ]);
  const head = [
    '# Side by side',
    `${new Date(createdAt).toISOString()}, seed ${seed}. Compared with answer ${answers.indexOf(compared ?? (answers[0] as ContenderAnswer)) + 1}.`,
    '## Prompt',
    fenced(promptText(prompt)),
  ];
  return `${[...head, ...sections].join('\n\n')}\n`;
}

function nameOf({ model, contender }: ContenderAnswer): string {
  return model?.name ?? contender.modelId ?? 'the loaded model';
}

function facts({ model, contender, sampling, statistics, status, finishReason }: ContenderAnswer): string[] {
  const how = contender.mode === 'text' ? 'plain completion' : 'chat template';
  const speed =
    statistics === null || statistics.generatedTokens < 2 || statistics.decodeMs <= 0
      ? null
      : `${(statistics.generatedTokens / (statistics.decodeMs / 1_000)).toFixed(1)} tokens/s`;
  return [
    model === null ? null : `${model.file} on ${model.device}`,
    contender.systemPrompt === '' || contender.mode === 'text'
      ? how
      : `${how}, system prompt: ${contender.systemPrompt}`,
    sampling === null ? null : settingsOf(sampling),
    `${status}${finishReason === null ? '' : ` (${finishReason})`}`,
    statistics === null ? null : `${statistics.promptTokens} tokens read, ${statistics.generatedTokens} written`,
    speed,
  ].filter((fact) => fact !== null);
}

function settingsOf({ temperature, topK, topP, minP, repetitionPenalty, seed }: Sampling): string {
  if (temperature === 0) return 'greedy';
  return `temperature ${temperature}, top-k ${topK}, top-p ${topP}, min-p ${minP}, repetition penalty ${repetitionPenalty}, seed ${seed}`;
}

function partsAt(reference: ContenderAnswer, answer: ContenderAnswer): string {
  const found = firstDivergence(asCompared(reference), asCompared(answer));
  if (found === null) return 'the same answer';
  const tie = found.isNearTie === true ? ', a near tie' : '';
  return `parts at token ${found.right.index + 1}${tie}: ${choiceOf(found.right)} here, ${choiceOf(found.left)} there`;
}

function choiceOf({ token }: Choice): string {
  if (token === null) return 'the end';
  return `${inline(token.piece)} (${(Math.exp(token.logProbability) * 100).toFixed(1)} %, rank ${token.rank})`;
}

function asCompared({ text, tokens, model }: ContenderAnswer) {
  return { text, tokens, tokenizerHash: model?.tokenizerHash ?? null };
}

/** A fence longer than any run of backticks in the text. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

function inline(text: string): string {
  const quote = '`'.repeat(longestRun(text) + 1);
  return `${quote} ${JSON.stringify(text).slice(1, -1)} ${quote}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
