/** The sampling values as form fields: their limits are those of the contract, their steps a hand's measure. */
import { samplingSchema, type Sampling } from '../../main/contract/sampling.ts';

export interface SamplingField {
  name: keyof Sampling;
  minimum: number;
  maximum: number;
  step: number;
  /** The range that a slider offers; values beyond it can be typed. `null` where only typing makes sense. */
  slider: { minimum: number; maximum: number } | null;
  /** An empty field is a value of its own: `null`. */
  optional: boolean;
}

export const samplingFields: readonly SamplingField[] = [
  { name: 'temperature', minimum: 0, maximum: 5, step: 0.05, slider: { minimum: 0, maximum: 2 }, optional: false },
  { name: 'topP', minimum: 0.01, maximum: 1, step: 0.01, slider: { minimum: 0.01, maximum: 1 }, optional: false },
  { name: 'topK', minimum: 0, maximum: 1_000_000, step: 1, slider: { minimum: 0, maximum: 200 }, optional: false },
  { name: 'minP', minimum: 0, maximum: 1, step: 0.01, slider: { minimum: 0, maximum: 0.5 }, optional: false },
  {
    name: 'repetitionPenalty',
    minimum: 0.05,
    maximum: 10,
    step: 0.05,
    slider: { minimum: 0.5, maximum: 2 },
    optional: false,
  },
  { name: 'maxTokens', minimum: 1, maximum: 1_000_000, step: 1, slider: null, optional: true },
  { name: 'seed', minimum: 0, maximum: 0xffff_ffff, step: 1, slider: null, optional: true },
];

/** The value that a typed text stands for; `undefined` where the contract would refuse it. A comma is a decimal point. */
export function parseSamplingValue(field: SamplingField, text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return field.optional ? null : undefined;
  const checked = samplingSchema.shape[field.name].safeParse(Number(trimmed));
  return checked.success ? checked.data : undefined;
}
