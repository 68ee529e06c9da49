/**
 * Where the graph of a part is put for as long as ONNX Runtime opens it: beside the data file that it names; where that folder may not
 * be written, as an installed program's, in a temporary one with a copy of the data, which ONNX Runtime does not follow a link to.
 */
import { copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface PartPlace {
  readonly path: string;
  remove(): Promise<void>;
}

const unwritable = ['EACCES', 'EPERM', 'EROFS'];
/** What an application ships; a model of gigabytes lies where it was written. */
const largestCopy = 256 << 20;

export async function placePart(part: Uint8Array, graphPath: string, dataPath: string): Promise<PartPlace> {
  const path = `${graphPath}.${process.pid}.verification`;
  try {
    await writeFile(path, part);
    return { path, remove: () => rm(path, { force: true }) };
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    if (!unwritable.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    if ((await stat(dataPath)).size > largestCopy) throw error;
    return placeApart(part, graphPath, dataPath);
  }
}

export async function placeApart(part: Uint8Array, graphPath: string, dataPath: string): Promise<PartPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'lucie-verification-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, basename(graphPath));
  try {
    await writeFile(path, part);
    await copyFile(dataPath, join(folder, basename(dataPath)));
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
