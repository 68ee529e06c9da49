/** Runs and their answers between their rows and their types. */
import { z } from 'zod';
import { receiptHeaderSchema, receiptSchema, type Receipt } from '../contract/receipt.ts';
import {
  contenderAnswerSchema,
  sideBySideRunSchema,
  sideBySideStatusSchema,
  type ContenderAnswer,
  type SideBySideRun,
  type SideBySideSummary,
} from '../contract/side-by-side.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import { wholeReceipt } from '../receipt/index.ts';
import { promptText } from './prompt-text.ts';

const excerptLength = 120;

const parsed = <Schema extends z.ZodType>(schema: Schema) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)));

const runRowSchema = z.looseObject({
  id: z.string(),
  created_at: z.number(),
  status: sideBySideStatusSchema,
  data: parsed(sideBySideRunSchema.pick({ prompt: true, seed: true, restoreError: true })),
});
const answerRowSchema = z.looseObject({ data: parsed(contenderAnswerSchema.omit({ tokens: true })) });

export function runToRow({ id, createdAt, status, prompt, seed, restoreError }: SideBySideRun) {
  return { id, created_at: createdAt, status, data: JSON.stringify({ prompt, seed, restoreError }) };
}

export function runFromRow(row: unknown, answers: ContenderAnswer[]): SideBySideRun {
  const { id, status, created_at: createdAt, data } = runRowSchema.parse(row);
  return { id, status, createdAt, ...data, answers };
}

/** A row of the run with the number of its answers. */
export function summaryOf(row: Record<string, unknown>): SideBySideSummary {
  const { id, status, createdAt, prompt } = runFromRow(row, []);
  const text = promptText(prompt).replace(/\s+/g, ' ').trim();
  const excerpt = text.length > excerptLength ? `${text.slice(0, excerptLength).replace(/\s\S*$/, '')}…` : text;
  return { id, status, createdAt, excerpt, contenderCount: Number(row.contender_count) };
}

export function answerToRow({ tokens: _tokens, ...answer }: ContenderAnswer): string {
  return JSON.stringify(answer);
}

export function answerFromRow(row: unknown, tokens: GeneratedToken[]): ContenderAnswer {
  return { ...answerRowSchema.parse(row).data, tokens };
}

/** `null` where the answer broke off, so that neither seed nor end is known. */
export function receiptOf(
  { contender, sampling, statistics, finishReason, tokens }: ContenderAnswer,
  createdAt: number,
  promptIds: number[],
  header: string,
): Receipt | null {
  if (sampling === null || statistics === null || finishReason === null) return null;
  const generatedIds = tokens.map(({ id }) => id);
  const beginning = { promptIds, givenTokens: 0, continuesText: contender.mode === 'text' };
  const answer = { sampling, seed: statistics.seed, finishReason, createdAt, ...beginning, generatedIds };
  return receiptSchema.parse(wholeReceipt(receiptHeaderSchema.parse(JSON.parse(header)), answer));
}
