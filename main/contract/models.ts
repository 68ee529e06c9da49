/** Models that can be loaded, and what the engine is doing. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { loadedModelSchema } from './engine.ts';
import { errorReportSchema } from './errors.ts';
import { loadErrors } from './load-errors.ts';
import { modelFamilyContract } from './model-family.ts';
import { modelJobsContract } from './model-jobs.ts';
import { fails, procedure } from './procedure.ts';

/** How the weights of one graph are stored. */
export const quantisationSchema = z.object({
  /** Of the matrices in the layers; 32 is float32. */
  bits: z.int(),
  /** Weights that share a scale; `null` where there are no blocks. */
  blockSize: z.int().nullable(),
  /** Element type of the KV cache. */
  keyValueCache: z.string(),
  /** The norm of the error over the norm of a matrix: the mean over all matrices. */
  relativeError: z.number().nullable(),
});
export type Quantisation = z.infer<typeof quantisationSchema>;

/** A model folder on disk, described from its files without loading it. */
export const modelSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  /** Shipped with the workbench. */
  embedded: z.boolean(),
  /** In the workbench's own folder for models: it may be deleted from here. */
  removable: z.boolean(),
  /** Where it was published, as far as the folder says. */
  origin: z.object({ repository: z.string(), revision: z.string(), commit: z.string().nullable() }).nullable(),
  /** Holds published weights that can be converted. */
  convertible: z.boolean(),
  architecture: z.string(),
  contextLength: z.int(),
  vocabularySize: z.int(),
  layers: z.int(),
  hiddenSize: z.int(),
  /** ONNX files within the folder with their sizes, external data included. */
  files: z.array(
    z.object({
      name: z.string(),
      byteLength: z.int(),
      /** What the exporter recorded of it; `null` for files of other origin. */
      quantisation: quantisationSchema.nullable(),
    }),
  ),
  /** Set where the folder cannot be used as it is. */
  problem: errorReportSchema.nullable(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const engineStateSchema = z.enum([
  'stopped',
  /** Unloaded after a time without use; the next question loads the model again. */
  'idle',
  'starting',
  'loading',
  'ready',
  'busy',
  'restarting',
  'failed',
]);
export type EngineState = z.infer<typeof engineStateSchema>;

export const engineStatusSchema = z.object({
  state: engineStateSchema,
  model: loadedModelSchema.nullable(),
  error: errorReportSchema.nullable(),
  processId: z.int().nullable(),
  /** How often the engine process was started again after a crash. */
  restarts: z.int(),
  residentBytes: z.int().nullable(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const modelsContract = {
  list: procedure.output(z.array(modelSummarySchema)),
  load: fails(...loadErrors, 'ENGINE_BUSY', 'ENGINE_CRASHED', 'ENGINE_UNAVAILABLE')
    .input(z.object({ id: z.string() }))
    .output(loadedModelSchema),
  /** Frees the memory; nothing is loaded then until something is asked of a model. */
  unload: fails('ENGINE_BUSY').output(z.void()),
  /** Deletes the folder of a removable model for good; unloads it first. */
  remove: fails('MODEL_NOT_FOUND', 'MODEL_NOT_REMOVABLE', 'ENGINE_BUSY', 'FOLDER_BUSY', 'FOLDER_UNWRITABLE')
    .input(z.object({ id: z.string() }))
    .output(z.void()),
  status: procedure.output(engineStatusSchema),
  /** The current status, then every change. */
  watch: procedure.output(eventIterator(engineStatusSchema)),
  ...modelFamilyContract,
  jobs: modelJobsContract,
};
