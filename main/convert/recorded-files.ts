/** The files of a model folder as whoever wrote it recorded them: `hub.json` of a download, `workbench.json` of an export. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { checkPaths, originFile, type HubFile } from '../hub/index.ts';

const hash = z.discriminatedUnion('algorithm', [
  z.object({ algorithm: z.literal('sha256'), value: z.string() }),
  z.object({ algorithm: z.literal('git-sha1'), value: z.string() }),
]);
const hubSchema = z.object({
  files: z.array(z.object({ path: z.string(), byteLength: z.int().nonnegative(), hash })),
});
const workbenchSchema = z.object({
  files: z.record(z.string(), z.object({ byteLength: z.int().nonnegative(), sha256: z.string() })),
});

/** An export into a downloaded folder replaces config.json: its own record of a file wins. Empty where nothing is recorded. */
export async function recordedFiles(folder: string): Promise<HubFile[]> {
  const files = new Map<string, HubFile>();
  const hub = await readRecord(folder, originFile, hubSchema);
  for (const file of hub?.files ?? []) files.set(file.path, file);
  const workbench = await readRecord(folder, 'workbench.json', workbenchSchema);
  for (const [path, { byteLength, sha256 }] of Object.entries(workbench?.files ?? {})) {
    files.set(path, { path, byteLength, hash: { algorithm: 'sha256', value: sha256 } });
  }
  checkPaths([...files.keys()]);
  return [...files.values()];
}

async function readRecord<Record>(folder: string, name: string, schema: z.ZodType<Record>): Promise<Record | null> {
  const path = join(folder, name);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw damaged(path, name, cause);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(path, name, cause);
  }
}

function damaged(path: string, name: string, cause: unknown): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_CORRUPT', `${path} cannot be read as the record of a model folder.`, {
    action: 'Download or convert the model again.',
    details: { file: name },
    cause,
  });
}
