/** The files of a model folder as the hub client recorded them when it downloaded them (`hub.json`). */
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { largestFile, readBounded } from '../files/read-bounded.ts';
import { checkPaths, originFile, type HubFile } from '../hub/index.ts';

const hash = z.discriminatedUnion('algorithm', [
  z.object({ algorithm: z.literal('sha256'), value: z.string() }),
  z.object({ algorithm: z.literal('git-sha1'), value: z.string() }),
]);
const schema = z.object({
  files: z.array(z.object({ path: z.string(), byteLength: z.int().nonnegative(), hash })),
});

/** `null` where the folder was not downloaded. @throws WorkbenchError `MODEL_FILE_CORRUPT` */
export async function recordedFiles(folder: string): Promise<HubFile[] | null> {
  const path = join(folder, originFile);
  let text: string;
  try {
    text = await readBounded(path, largestFile.config);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw damaged(path, cause);
  }
  try {
    const { files } = schema.parse(JSON.parse(text));
    checkPaths(files.map((file) => file.path));
    return files;
  } catch (cause) {
    throw damaged(path, cause);
  }
}

function damaged(path: string, cause: unknown): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_CORRUPT', `${path} cannot be read as the record of a download.`, {
    action: 'Download the model again.',
    details: { file: originFile },
    cause,
  });
}
