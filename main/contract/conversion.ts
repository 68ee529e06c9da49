/** What the conversion process offers to the main side: published weights into an ONNX folder, and its verification. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { targetSchema } from './model-family.ts';
import { fails } from './procedure.ts';
import { progressSchema } from './progress.ts';
import { verificationSchema } from './verification.ts';

export const conversionRequestSchema = z.object({
  /** A folder, or the address under which the files lie: `https://…/resolve/COMMIT/`. */
  source: z.string(),
  /** May be the source folder. */
  outputFolder: z.string(),
  target: targetSchema,
  /** The name of the revision, which says of which phase of the training a checkpoint is. */
  revision: z.string().nullable(),
  origin: z.object({ repository: z.string(), revision: z.string() }).nullable(),
  /** Text files that the result is run over for the scales of its int8 KV cache; none: no such cache. */
  calibrationTexts: z.array(z.string()),
});
export type ConversionRequest = z.infer<typeof conversionRequestSchema>;

export const conversionReportSchema = z.object({
  files: z.array(z.object({ name: z.string(), byteLength: z.int() })),
  /** What the user should know: values put right in config.json, tensors left out. In English. */
  notes: z.array(z.string()),
  verification: verificationSchema.nullable(),
});
export type ConversionReport = z.infer<typeof conversionReportSchema>;

export const conversionErrors = [
  'INVALID_INPUT',
  'MODEL_FILE_MISSING',
  'MODEL_FILE_CORRUPT',
  'MODEL_SHAPE_MISMATCH',
  'MODEL_UNSUPPORTED',
  'MODEL_FILE_UNSAFE',
  'MODEL_VERIFICATION_FAILED',
  'FOLDER_BUSY',
  'DISK_FULL',
  'HUB_UNREACHABLE',
  'HASH_MISMATCH',
  'CONVERSION_CRASHED',
] as const;

export const conversionContract = {
  /** Leaving the stream stops the work; what is done is kept for the next call with the same request. */
  convert: fails(...conversionErrors)
    .input(conversionRequestSchema)
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('progress'), progress: progressSchema }),
          z.object({ type: z.literal('end'), report: conversionReportSchema }),
        ]),
      ),
    ),
  verify: fails(...conversionErrors)
    .input(z.object({ folder: z.string() }))
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('progress'), progress: progressSchema }),
          z.object({ type: z.literal('end'), verification: verificationSchema }),
        ]),
      ),
    ),
};
