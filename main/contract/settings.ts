/** The user's choices. Every field has a default, so that a missing or older file still reads. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { fails, procedure } from './procedure.ts';
import { defaultSampling, samplingSchema } from './sampling.ts';

export const settingsSchema = z.object({
  language: z.enum(['system', 'fr', 'en']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Loaded at start; `null` is the embedded demo model. */
  modelId: z.string().nullable().default(null),
  /** Extra folders in which model folders are looked for. */
  modelFolders: z.array(z.string()).default([]),
  sampling: samplingSchema.default(defaultSampling),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsContract = {
  get: procedure.output(settingsSchema),
  update: fails('INVALID_INPUT', 'STORE_UNREADABLE').input(settingsSchema.partial()).output(settingsSchema),
  watch: procedure.output(eventIterator(settingsSchema)),
};
