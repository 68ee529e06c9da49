/** What a model folder was found to be, check by check. */
import { z } from 'zod';

export const verificationCheckSchema = z.object({
  /** What was compared with what; the renderer translates the names that it knows. */
  name: z.string(),
  /** A file, a matrix or a layer. */
  subject: z.string(),
  passed: z.boolean(),
  /** In English: expected and actual values where the check failed. */
  detail: z.string(),
  /** The largest relative difference that was found and the one that is allowed, of a numeric check. */
  difference: z.number().nullable(),
  tolerance: z.number().nullable(),
});
export type VerificationCheck = z.infer<typeof verificationCheckSchema>;

export const verificationSchema = z.object({ passed: z.boolean(), checks: z.array(verificationCheckSchema) });
export type Verification = z.infer<typeof verificationSchema>;
