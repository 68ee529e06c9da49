/**
 * What it takes to compute an answer again, bit for bit where the machine allows it: the model by its hashes, what ran it, the ids
 * that went in, the settings with their seed, and the ids that came out. A receipt is a claim that anyone can test with
 * `lucie replay`; it is not signed, and carries no checksum, because whoever changes it can make a new one.
 */
import { z } from 'zod';
import { deviceSchema } from './devices.ts';
import { finishReasonSchema } from './engine.ts';
import { engineFingerprintSchema } from './fingerprint.ts';
import { samplingSchema } from './sampling.ts';

export const receiptFormat = 'lucie-workbench-receipt';

const idsSchema = z.array(z.int().nonnegative());
const { graphSha256, weights, runtime } = engineFingerprintSchema.shape;

/** What is known when an answer begins. */
export const receiptHeaderSchema = z.object({
  format: z.literal(receiptFormat),
  version: z.literal(1),
  /** Version of the workbench that wrote the answer. */
  workbench: z.string(),
  model: z.object({
    name: z.string(),
    /** Where it was published, as far as its folder says. */
    repository: z.string().nullable(),
    revision: z.string().nullable(),
    commit: z.string().nullable(),
    /** The graph within the model folder. */
    file: z.string(),
    graphSha256,
    weights,
    /** False where the processor gives other last bits for other cuts of the same ids: then a near tie may fall otherwise. */
    isExact: z.boolean(),
  }),
  tokenizerSha256: z.string(),
  runtime,
  device: deviceSchema,
  threads: z.int().nonnegative(),
});
export type ReceiptHeader = z.infer<typeof receiptHeaderSchema>;

export const receiptSchema = receiptHeaderSchema.extend({
  /** With the seed that was drawn. A setting that this version does not know would be left out silently: it is refused. */
  sampling: samplingSchema.extend({ seed: samplingSchema.shape.seed.unwrap() }).strict(),
  promptIds: idsSchema.min(1),
  /** So many of the last `promptIds` are the beginning of the answer, which somebody gave. */
  givenTokens: z.int().nonnegative().default(0),
  /** The answer goes on with the text of the prompt; else it is a text of its own. */
  continuesText: z.boolean().default(false),
  generatedIds: idsSchema,
  finishReason: finishReasonSchema,
  createdAt: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receiptSchema>;
