/**
 * A repository's file names are written by strangers: none may leave the folder it is downloaded to, by `..`, by an
 * absolute path, by a drive, or through a symbolic link that lies in the folder already.
 */
import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { diskError } from './disk.ts';

/** Control characters, and what Windows keeps for itself. */
// eslint-disable-next-line no-control-regex
const forbiddenCharacters = /[\u0000-\u001f\u007f\\:*?"<>|]/;
const reservedNames = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Endings of this client's own files beside a download. */
const ownEndings = /\.part(\.json(\.tmp)?)?$/i;

/** @throws WorkbenchError `HUB_RESPONSE_INVALID` */
export function checkPaths(paths: readonly string[]): void {
  const seen = new Set<string>();
  for (const path of paths) {
    const steps = path.split('/');
    if (steps.some(isUnsafe) || ownEndings.test(path)) throw unsafe(path, 'is not a file name that is safe here');
    // Two names that a case-blind file system takes for one.
    if (seen.has(path.toLowerCase())) throw unsafe(path, 'is in the list twice, or differs from another in case only');
    seen.add(path.toLowerCase());
  }
}

function isUnsafe(step: string): boolean {
  if (step === '' || /^\.+$/.test(step) || Buffer.byteLength(step) > 200) return true;
  return forbiddenCharacters.test(step) || reservedNames.test(step) || /[. ]$/.test(step);
}

/** Makes the folders of `path` below `root`; none of them, and not the file itself, may be a symbolic link. */
export async function preparePath(root: string, path: string): Promise<string> {
  const steps = path.split('/');
  let current = root;
  for (const [index, step] of steps.entries()) {
    current = join(current, step);
    const isFolder = index < steps.length - 1;
    const found = await lstat(current).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw diskError(current, cause);
    });
    if (found === null && isFolder) {
      await mkdir(current).catch((cause: unknown) => {
        throw diskError(current, cause);
      });
    } else if (found !== null && !(isFolder ? found.isDirectory() : found.isFile())) {
      throw new WorkbenchError('FOLDER_UNWRITABLE', `${current} is not an ordinary ${isFolder ? 'folder' : 'file'}.`, {
        action: 'Remove it (a symbolic link, perhaps), or download to another folder.',
        details: { path: current },
      });
    }
  }
  return current;
}

function unsafe(path: string, reason: string): WorkbenchError {
  return new WorkbenchError('HUB_RESPONSE_INVALID', `${JSON.stringify(path)} ${reason}; nothing was downloaded.`, {
    action: 'Do not trust this repository; report it to the hub.',
    details: { file: path, reason },
  });
}
