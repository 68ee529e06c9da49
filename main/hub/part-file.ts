/**
 * A file on its way: `NAME.part`, written at several places at once, beside a journal `NAME.part.json` that says how far
 * each segment is. Bytes are on the disk before the journal counts them, so that after a crash it never claims too much.
 */
import { constants } from 'node:fs';
import { open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { diskError } from './disk.ts';
import type { HubFile } from './list-files.ts';

export interface Segment {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Bytes from `start` that are written. */
  received: number;
}

const journalSchema = z.object({
  byteLength: z.int(),
  hash: z.string(),
  segments: z.array(z.object({ start: z.int(), end: z.int(), received: z.int().nonnegative() })),
});

export const partPath = (path: string): string => `${path}.part`;
const journalPath = (path: string): string => `${path}.part.json`;

export class PartFile {
  readonly path: string;
  readonly file: HubFile;
  readonly segments: Segment[];
  /** Some of it is from an earlier run. */
  readonly resumed: boolean;
  readonly #handle: FileHandle;
  readonly #checkpointMs: number;
  #lastCheckpoint = performance.now();
  #checkpoint: Promise<void> | null = null;

  private constructor(path: string, file: HubFile, handle: FileHandle, segments: Segment[], checkpointMs: number) {
    this.path = path;
    this.file = file;
    this.segments = segments;
    this.resumed = bytesOf(segments) > 0;
    this.#handle = handle;
    this.#checkpointMs = checkpointMs;
  }

  /** `path` is the final name; what an earlier run left is taken up where it belongs to the same file. */
  static async open(path: string, file: HubFile, options: { segmentBytes: number; checkpointMs: number }) {
    const segments = (await readJournal(path, file)) ?? split(file.byteLength, options.segmentBytes);
    // Absent on Windows, where making a link needs a privilege.
    const noFollow = (constants.O_NOFOLLOW as number | undefined) ?? 0;
    try {
      const handle = await open(partPath(path), constants.O_RDWR | constants.O_CREAT | noFollow, 0o644);
      const { size } = await handle.stat();
      // Shorter than the journal says, or longer than the file is to be: not what the journal is about.
      const needed = Math.max(0, ...segments.map(({ start, received }) => (received > 0 ? start + received : 0)));
      if (size < needed || size > file.byteLength) {
        await handle.truncate(0);
        for (const segment of segments) segment.received = 0;
      }
      return new PartFile(path, file, handle, segments, options.checkpointMs);
    } catch (cause) {
      throw diskError(partPath(path), cause);
    }
  }

  get received(): number {
    return bytesOf(this.segments);
  }

  async write(segment: Segment, bytes: Uint8Array): Promise<void> {
    try {
      for (let offset = 0; offset < bytes.length;) {
        const position = segment.start + segment.received;
        const { bytesWritten } = await this.#handle.write(bytes, offset, bytes.length - offset, position);
        offset += bytesWritten;
        segment.received += bytesWritten;
      }
    } catch (cause) {
      throw diskError(partPath(this.path), cause);
    }
    if (performance.now() - this.#lastCheckpoint > this.#checkpointMs) await this.checkpoint();
  }

  /** Puts what is written on the disk, then the journal. */
  async checkpoint(): Promise<void> {
    this.#lastCheckpoint = performance.now();
    const previous = this.#checkpoint ?? Promise.resolve();
    const current = previous.then(() => this.#writeJournal());
    this.#checkpoint = current.catch(() => undefined);
    await current;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** Forgets every byte; the next try begins at nothing. */
  async restart(): Promise<void> {
    for (const segment of this.segments) segment.received = 0;
    await this.checkpoint();
  }

  async #writeJournal(): Promise<void> {
    const { byteLength, hash } = this.file;
    const text = JSON.stringify({ byteLength, hash: hash.value, segments: this.segments });
    try {
      await this.#handle.datasync();
      await writeFile(`${journalPath(this.path)}.tmp`, text);
      await rename(`${journalPath(this.path)}.tmp`, journalPath(this.path));
    } catch (cause) {
      throw diskError(journalPath(this.path), cause);
    }
  }
}

/** Bytes of `file` that an earlier run left beside `path`, by its journal. */
export async function receivedBefore(path: string, file: HubFile): Promise<number> {
  return bytesOf((await readJournal(path, file)) ?? []);
}

/** Gives a verified part its final name. */
export async function publish(path: string): Promise<void> {
  try {
    await rename(partPath(path), path);
    await discard(path);
  } catch (cause) {
    throw diskError(path, cause);
  }
}

/** Takes a file's final name away until `publish` gives it back. */
export async function withdraw(path: string): Promise<void> {
  await rename(path, partPath(path)).catch((cause: unknown) => {
    throw diskError(path, cause);
  });
}

/** Removes part and journal. */
export async function discard(path: string): Promise<void> {
  for (const left of [partPath(path), `${journalPath(path)}.tmp`, journalPath(path)]) await rm(left, { force: true });
}

async function readJournal(path: string, file: HubFile): Promise<Segment[] | null> {
  const text = await readFile(journalPath(path), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw diskError(journalPath(path), cause);
  });
  if (text === null) return null;
  const journal = journalSchema.safeParse(parseJson(text));
  if (!journal.success || journal.data.hash !== file.hash.value || journal.data.byteLength !== file.byteLength) {
    return null;
  }
  const { segments } = journal.data;
  const covers = segments.every(
    ({ start, end, received }, index) =>
      start === (segments[index - 1]?.end ?? 0) && end > start && received <= end - start,
  );
  return covers && (segments.at(-1)?.end ?? 0) === file.byteLength ? segments : null;
}

/** A journal that was cut off is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function split(byteLength: number, segmentBytes: number): Segment[] {
  return Array.from({ length: Math.ceil(byteLength / segmentBytes) }, (_, index) => ({
    start: index * segmentBytes,
    end: Math.min(byteLength, (index + 1) * segmentBytes),
    received: 0,
  }));
}

function bytesOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { received }) => sum + received, 0);
}
