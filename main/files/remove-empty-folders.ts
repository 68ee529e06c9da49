/** Folders that have become empty, from the innermost one outwards. */
import { rmdir } from 'node:fs/promises';
import { dirname, isAbsolute, relative } from 'node:path';

/** Removes `folder` and its parents as far as they are empty and inside `root`, which stays. */
export async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let path = folder; isInside(path, root); path = dirname(path)) if (!(await removeEmptyFolder(path))) return;
}

/** Whether it is gone; one that holds something stays. */
export async function removeEmptyFolder(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

/** Below `root`, and not `root` itself. */
export function isInside(path: string, root: string): boolean {
  const steps = relative(root, path);
  return steps !== '' && !steps.startsWith('..') && !isAbsolute(steps);
}
