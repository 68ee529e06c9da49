/** How each graph of a model folder was quantised, as the exporter wrote it into workbench.json. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Quantisation } from '../contract/models.ts';

const variantSchema = z.object({
  file: z.string(),
  keyValueCache: z.string(),
  linear: z.object({ bits: z.int(), blockSize: z.int().optional() }),
  relativeErrors: z.record(z.string(), z.number()).default({}),
});
const schema = z.object({ variants: z.record(z.string(), variantSchema) });

/** By the name of the graph, `onnx/model_q4.onnx`; empty where nothing is recorded or it cannot be read. */
export async function recordedQuantisation(folder: string): Promise<ReadonlyMap<string, Quantisation>> {
  const text = await readFile(join(folder, 'workbench.json'), 'utf8').catch(() => '{}');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return new Map();
  }
  const variants = Object.values(schema.safeParse(json).data?.variants ?? {});
  return new Map(
    variants.map(({ file, keyValueCache, linear, relativeErrors }): [string, Quantisation] => [
      file,
      { bits: linear.bits, blockSize: linear.blockSize ?? null, keyValueCache, relativeError: mean(relativeErrors) },
    ]),
  );
}

function mean(errors: Readonly<Record<string, number>>): number | null {
  const values = Object.values(errors);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
