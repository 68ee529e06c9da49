/** The user's choices. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { changeOf } from './change.ts';
import { contextPolicySchema } from './context.ts';
import { deviceWishSchema } from './devices.ts';
import { fails, procedure } from './procedure.ts';
import { samplingPresetsSchema } from './sampling-presets.ts';
import { defaultSampling, samplingSchema } from './sampling.ts';

export const settingsSchema = z.object({
  language: z.enum(['system', 'fr', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Loaded at start; `null` is the embedded demo model. */
  modelId: z.string().nullable(),
  /** Extra folders in which model folders are looked for. */
  modelFolders: z.array(z.string()),
  /** What models are loaded on from now on; `auto` is the best that works. */
  device: deviceWishSchema,
  /** The model is unloaded when it was not used for so long; 0 is never. */
  idleUnloadMinutes: z.int().min(0).max(10_080),
  contextPolicy: contextPolicySchema,
  sampling: samplingSchema,
  /** The user's own, beside those that the workbench comes with. */
  samplingPresets: samplingPresetsSchema,
  /** Keep the keys and values of long conversations on the disk, so that they open again without being read anew. */
  keepCaches: z.boolean(),
  /** Notifies of a long answer that ended while the window was not looked at. */
  notifyAnswers: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  modelId: null,
  modelFolders: [],
  device: 'auto',
  idleUnloadMinutes: 30,
  contextPolicy: 'stop',
  sampling: defaultSampling,
  samplingPresets: [],
  keepCaches: false,
  notifyAnswers: false,
};

export const settingsContract = {
  get: procedure.output(settingsSchema),
  update: fails('INVALID_INPUT', 'STORE_UNREADABLE').input(changeOf(settingsSchema.partial())).output(settingsSchema),
  watch: procedure.output(eventIterator(settingsSchema)),
};
