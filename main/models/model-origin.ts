/** Where a model folder was published: what the download (`hub.json`) or the conversion (`workbench.json`) wrote down. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { originFile } from '../hub/index.ts';

export interface ModelOrigin {
  repository: string;
  /** The name it was asked for by: a branch, a tag, or the commit itself. */
  revision: string;
  commit: string | null;
}

const hubSchema = z.object({ repository: z.string(), revision: z.string(), commit: z.string() });
const workbenchSchema = z.object({
  source: z.object({
    origin: z.object({ repository: z.string(), revision: z.string() }).nullable(),
    revision: z.string().optional(),
  }),
});

/** `null` where neither file says it, or neither can be read: an origin is a note, not a condition. */
export async function readOrigin(folder: string): Promise<ModelOrigin | null> {
  const hub = await readJson(join(folder, originFile), hubSchema);
  if (hub !== null) return hub;
  const source = (await readJson(join(folder, 'workbench.json'), workbenchSchema))?.source;
  if (source === undefined || source.origin === null) return null;
  const { repository, revision: commit } = source.origin;
  return { repository, revision: source.revision ?? commit, commit };
}

async function readJson<Value>(path: string, schema: z.ZodType<Value>): Promise<Value | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
