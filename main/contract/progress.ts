/** The one progress type: how far a long job is, in a unit that means something to the person who waits. */
import { z } from 'zod';

export const progressSchema = z.object({
  phase: z.string(),
  done: z.number().nonnegative(),
  /** `null` while the end is not known. */
  total: z.number().nonnegative().nullable(),
  unit: z.enum(['tokens', 'bytes', 'rows', 'files', 'steps']),
});
export type Progress = z.infer<typeof progressSchema>;
