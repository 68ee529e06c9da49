/** The published models of the Lucie family, and what a repository of the hub would cost to get. */
import { z } from 'zod';
import { fails, procedure } from './procedure.ts';

/** What a model is made for: the graphs that a CPU or a GPU runs best. */
export const targetSchema = z.enum(['cpu', 'gpu', 'both']);
export type Target = z.infer<typeof targetSchema>;

/** Bytes on the disk for each target. */
export const outputBytesSchema = z.record(targetSchema, z.int());

export const trainingPhaseSchema = z.enum(['main', 'extension', 'annealing', 'instruct']);
export type TrainingPhase = z.infer<typeof trainingPhaseSchema>;

/** One state of the weights: a branch of the repository. */
export const familyRevisionSchema = z.object({
  name: z.string(),
  phase: trainingPhaseSchema,
  /** Optimiser steps of this phase; `null` where they are not published. */
  steps: z.int().nullable(),
  /** Tokens that the weights allow to attend to. */
  contextLength: z.int(),
});
export type FamilyRevision = z.infer<typeof familyRevisionSchema>;

export const familyMemberIdSchema = z.enum([
  'instruct-v1.1',
  'instruct-human-data',
  'instruct-v1',
  'base',
  'checkpoints',
]);
export type FamilyMemberId = z.infer<typeof familyMemberIdSchema>;

export const familyMemberSchema = z.object({
  id: familyMemberIdSchema,
  /** `owner/name` on the hub. */
  repository: z.string(),
  /** Newest first; most members have one. */
  revisions: z.array(familyRevisionSchema).min(1),
  parameterCount: z.int(),
  /** Of the published safetensors files. */
  sourceBytes: z.int(),
  outputBytes: outputBytesSchema,
  /** Of the KV cache for one token of context, by the kind of machine. */
  cacheBytesPerToken: z.object({ cpu: z.int(), gpu: z.int() }),
  licence: z.string(),
});
export type FamilyMember = z.infer<typeof familyMemberSchema>;

export const familySchema = z.object({
  members: z.array(familyMemberSchema),
  machine: z.object({
    /** On the disk of the folder that models are put in. */
    freeBytes: z.int(),
    memoryBytes: z.int(),
    suggestedTarget: targetSchema,
  }),
});
export type Family = z.infer<typeof familySchema>;

/** What a repository holds, read from its listing and its config.json. */
export const repositoryDescriptionSchema = z.object({
  repository: z.string(),
  revision: z.string(),
  commit: z.string(),
  /** `onnx`: taken as it is. `safetensors`: to be converted. */
  form: z.enum(['onnx', 'safetensors']),
  /** Of the files that would be read. */
  sourceBytes: z.int(),
  fileCount: z.int(),
  architecture: z.string(),
  contextLength: z.int(),
  layers: z.int(),
  hiddenSize: z.int(),
  vocabularySize: z.int(),
  /** `null` for ONNX files, whose size is that of the source. */
  outputBytes: outputBytesSchema.nullable(),
  freeBytes: z.int(),
});
export type RepositoryDescription = z.infer<typeof repositoryDescriptionSchema>;

export const hubErrors = [
  'INVALID_INPUT',
  'HUB_UNREACHABLE',
  'HUB_RATE_LIMITED',
  'HUB_NOT_FOUND',
  'HUB_FORBIDDEN',
  'HUB_RESPONSE_INVALID',
] as const;

export const modelFamilyContract = {
  family: procedure.output(familySchema),
  /** Asks the hub: nothing is downloaded but the listing and config.json. */
  inspect: fails(...hubErrors, 'MODEL_FILE_MISSING', 'MODEL_FILE_CORRUPT', 'MODEL_UNSUPPORTED')
    .input(z.object({ repository: z.string(), revision: z.string().default('main') }))
    .output(repositoryDescriptionSchema),
};
