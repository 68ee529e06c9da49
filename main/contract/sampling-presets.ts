/** Sampling values under a name. A conversation remembers the name, so that a value changed by hand can be shown as such. */
import { z } from 'zod';
import { samplingChangeSchema, type Sampling } from './sampling.ts';

export const samplingPresetSchema = z.object({
  /** Begins with no colon: those names are the workbench's. */
  name: z.string().trim().min(1).max(100).regex(/^[^:]/),
  /** What it sets; other values stay as they are. */
  values: samplingChangeSchema,
});
export type SamplingPreset = z.infer<typeof samplingPresetSchema>;

/** Two of the same name cannot be told apart. */
export const samplingPresetsSchema = z
  .array(samplingPresetSchema)
  .max(200)
  .refine((presets) => new Set(presets.map(({ name }) => name)).size === presets.length, {
    message: 'Two presets have the same name.',
  });

const neutral: Partial<Sampling> = {
  topK: 0,
  topP: 1,
  minP: 0,
  typicalP: 1,
  repetitionPenalty: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
};

/**
 * Those that the workbench comes with, by an id that no name of the user's can be. `published` is Lucie's own (generation_config.json);
 * `distribution` draws from what the model says, nothing changed; the values of the others are the workbench's choice, shown as they are.
 */
export const builtInPresets = {
  ':published': { ...neutral, temperature: 0.6 },
  ':greedy': { ...neutral, temperature: 0 },
  ':steady': { ...neutral, temperature: 0.4, topP: 0.9 },
  ':creative': { ...neutral, temperature: 1, minP: 0.05 },
  ':distribution': { ...neutral, temperature: 1 },
} as const satisfies Record<`:${string}`, Partial<Sampling>>;
export type BuiltInPreset = keyof typeof builtInPresets;

export function isBuiltInPreset(id: string): id is BuiltInPreset {
  return Object.hasOwn(builtInPresets, id);
}
