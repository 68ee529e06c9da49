/** What a loaded model is, byte for byte, and what runs it. */
import { z } from 'zod';

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const modelFingerprintSchema = z.object({
  /** Of the ONNX file as it was loaded; of a graph that holds its own weights, of these too. */
  graphSha256: sha256Schema,
  /** The files beside the graph that it refers to, within the model folder. */
  weights: z.array(
    z.object({
      file: z.string(),
      byteLength: z.int().nonnegative(),
      /**
       * As recorded when the file was written or downloaded, not computed again (13 GB take minutes); `null` where nothing is
       * recorded, or of a file of another length.
       */
      sha256: sha256Schema.nullable(),
    }),
  ),
});
export type ModelFingerprint = z.infer<typeof modelFingerprintSchema>;

export const runtimeSchema = z.object({
  onnxruntime: z.string(),
  node: z.string(),
  platform: z.string(),
  arch: z.string(),
  /** As the processor calls itself. */
  processor: z.string(),
});
export type Runtime = z.infer<typeof runtimeSchema>;

export const engineFingerprintSchema = modelFingerprintSchema.extend({ runtime: runtimeSchema });
export type EngineFingerprint = z.infer<typeof engineFingerprintSchema>;
