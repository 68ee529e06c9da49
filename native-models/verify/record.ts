/** workbench.json as the verifier reads it: the files, and of each variant what decides its graph. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ExportError } from '../export-error.ts';
import { plainFileSize } from '../files/plain-file.ts';
import { parseJsonObject } from '../model-folder/source-folder.ts';
import type { Precision } from '../operators/model-build.ts';

export const recordName = 'workbench.json';
const largestSmallFile = 16 << 20;

const format = {
  bits: z.union([z.literal(4), z.literal(8)]),
  blockSize: z.int().min(16).max(4096),
  symmetric: z.boolean(),
  accuracyLevel: z.union([z.literal(0), z.literal(4)]).default(0),
};
const precision = z.union([z.object({ bits: z.literal(32) }), z.object(format)]).transform(toPrecision);

const variantSchema = z.object({
  file: z.string().regex(/^onnx\/[\w.-]+\.onnx$/),
  activations: z.enum(['float32', 'float16']),
  keyValueCache: z.enum(['float32', 'float16', 'int8']),
  embedding: precision,
  linear: precision,
  head: precision,
  relativeErrors: z.record(z.string(), z.number().nonnegative()).default({}),
  calibration: z.object({ scales: z.record(z.string(), z.number().positive()) }).optional(),
});

const schema = z.object({
  exporter: z.object({ name: z.string(), version: z.string() }),
  source: z.object({ revision: z.string().nullish(), tensorOrder: z.array(z.string()).optional() }).default({}),
  variants: z.record(z.string(), variantSchema),
  files: z.record(z.string(), z.object({ byteLength: z.int().nonnegative(), sha256: z.string() })),
});

export type RecordedVariant = z.infer<typeof variantSchema>;
export type ModelRecord = z.infer<typeof schema>;

/** Throws `source.missing`, `file.unsafe`, `config.invalid`. */
export async function readRecord(folder: string): Promise<ModelRecord> {
  const parsed = schema.safeParse(await readSmallJson(folder, recordName));
  if (parsed.success) return parsed.data;
  throw new ExportError('config.invalid', `${recordName}: ${z.prettifyError(parsed.error)}`, {
    action: 'Only a folder that this exporter wrote can be verified: export the model again.',
    details: { fields: parsed.error.issues.map((issue) => issue.path.join('.')) },
  });
}

export async function readSmallJson(folder: string, name: string): Promise<Record<string, unknown>> {
  const byteLength = await plainFileSize(folder, name);
  if (byteLength === null || byteLength > largestSmallFile) {
    const what = byteLength === null ? 'holds no' : `has ${byteLength} bytes of`;
    throw new ExportError('source.missing', `${folder} ${what} ${name}.`, {
      action: 'Only a folder that this exporter wrote can be verified: export the model again.',
      details: { folder, file: name },
    });
  }
  return parseJsonObject(name, await readFile(join(folder, name)));
}

function toPrecision(read: { bits: 32 } | z.infer<z.ZodObject<typeof format>>): Precision {
  if (read.bits === 32) return { kind: 'float32' };
  const { accuracyLevel, ...blocks } = read;
  return { kind: 'blocks', format: blocks, accuracyLevel };
}
