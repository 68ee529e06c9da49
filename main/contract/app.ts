/** What the renderer may know of the program that serves it. */
import { z } from 'zod';
import { procedure } from './procedure.ts';

export const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser', 'command-line']),
  platform: z.string(),
  /** Where conversations and settings are kept. */
  dataFolder: z.string(),
  onnxRuntimeVersion: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const appContract = {
  info: procedure.output(appInfoSchema),
  /** Brings the window of the caller to the front, where the host has windows of its own. */
  showWindow: procedure.output(z.void()),
};
