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

/** Most file systems take names of 255 bytes, eCryptfs 143; `.part` is added while the file is incomplete. */
const nameByteLimit = 138;

export async function receiveUpload(request: IncomingMessage, name: string, folder: string): Promise<string> {
  const target = join(folder, randomUUID(), safeName(name));
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

/** A name that every file system takes; the end of a long one is kept, since it holds the extension. */
function safeName(name: string): string {
  const characters = [...basename(name.toWellFormed().replace(/[\\:*?"<>|\0]/g, '_'))];
  while (Buffer.byteLength(characters.join('')) > nameByteLimit) characters.shift();
  const safe = characters.join('');
  return ['', '.', '..'].includes(safe) ? 'file' : safe;
}
