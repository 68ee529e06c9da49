/**
 * The last step of an export: files that are complete under `.export/` get their names in the model folder. It can be cut at any
 * point and done again. Graphs come last, and one that is replaced goes first: no graph ever lies beside weights of another run.
 */
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Of everything that is not finished, inside the model folder. */
export const workFolderName = '.export';

export async function giveFinalNames(folder: string, names: readonly string[]): Promise<void> {
  const work = (name: string) => join(folder, workFolderName, name);
  const isGraph = (name: string) => name.endsWith('.onnx');
  const waiting: string[] = [];
  for (const name of names) if (await exists(work(name))) waiting.push(name);
  for (const name of waiting.filter(isGraph)) await rm(join(folder, name), { force: true });
  for (const name of [...waiting.filter((other) => !isGraph(other)), ...waiting.filter(isGraph)]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await rename(work(name), join(folder, name));
  }
  for (const changed of new Set(names.map((name) => dirname(join(folder, name))))) await synchroniseFolder(changed);
}

/** Makes renames durable; not every file system and no Windows allows it, where renames are journalled anyway. */
async function synchroniseFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
