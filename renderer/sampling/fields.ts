/** The sampling values as form fields: their limits are those of the contract, their steps a hand's measure. */
import { samplingSchema, type Sampling } from '../../main/contract/sampling.ts';

/** The values that are one number (texts, biases and grammars are not set here). */
export type NumericSampling = {
  [Name in keyof Sampling]: Sampling[Name] extends number | null ? Name : never;
}[keyof Sampling];

export interface SamplingField {
  name: NumericSampling;
  minimum: number;
  maximum: number;
  step: number;
  /** The range that a slider offers; values beyond it can be typed. `null` where only typing makes sense. */
  slider: { minimum: number; maximum: number } | null;
  /** An empty field is a value of its own: `null`. */
  optional: boolean;
  /** Rarely set: shown only when asked for. */
  isAdvanced: boolean;
}

const basic = { optional: false, isAdvanced: false };
const advanced = { optional: false, isAdvanced: true };

export const samplingFields: readonly SamplingField[] = [
  { name: 'temperature', minimum: 0, maximum: 5, step: 0.05, slider: { minimum: 0, maximum: 2 }, ...basic },
  { name: 'topP', minimum: 0.01, maximum: 1, step: 0.01, slider: { minimum: 0.01, maximum: 1 }, ...basic },
  { name: 'topK', minimum: 0, maximum: 1_000_000, step: 1, slider: { minimum: 0, maximum: 200 }, ...basic },
  { name: 'minP', minimum: 0, maximum: 1, step: 0.01, slider: { minimum: 0, maximum: 0.5 }, ...basic },
  { name: 'repetitionPenalty', minimum: 0.05, maximum: 10, step: 0.05, slider: { minimum: 0.5, maximum: 2 }, ...basic },
  { name: 'maxTokens', minimum: 1, maximum: 1_000_000, step: 1, slider: null, optional: true, isAdvanced: false },
  { name: 'seed', minimum: 0, maximum: 0xffff_ffff, step: 1, slider: null, optional: true, isAdvanced: false },
  { name: 'typicalP', minimum: 0.01, maximum: 1, step: 0.01, slider: { minimum: 0.01, maximum: 1 }, ...advanced },
  { name: 'frequencyPenalty', minimum: -2, maximum: 2, step: 0.05, slider: { minimum: -2, maximum: 2 }, ...advanced },
  { name: 'presencePenalty', minimum: -2, maximum: 2, step: 0.05, slider: { minimum: -2, maximum: 2 }, ...advanced },
];

/** The value that a typed text stands for; `undefined` where the contract would refuse it. A comma is a decimal point. */
export function parseSamplingValue(field: SamplingField, text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return field.optional ? null : undefined;
  const checked = samplingSchema.shape[field.name].safeParse(Number(trimmed));
  return checked.success ? checked.data : undefined;
}
