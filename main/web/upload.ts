/**
 * A browser does not tell where a chosen file lies, so the browser host takes its bytes: streamed into a folder of this
 * run, complete or not there at all. The folder is deleted when the host stops.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export async function receiveUpload(request: IncomingMessage, name: string, folder: string): Promise<string> {
  const safeName = basename(name.replace(/[\\:*?"<>|\0]/g, '_')).slice(-200) || 'file';
  const target = join(folder, randomUUID(), safeName === '.' || safeName === '..' ? 'file' : safeName);
  const partial = `${target}.part`;
  await mkdir(join(target, '..'), { recursive: true });
  try {
    await pipeline(request, createWriteStream(partial, { flags: 'wx' }));
    await rename(partial, target);
    return target;
  } catch (error) {
    await rm(join(target, '..'), { recursive: true, force: true });
    throw error;
  }
}
