/**
 * The files of one export, all under `.export/` until `commit` gives every one its name. `discard` leaves the folder as it was
 * found; `suspend` keeps what is written, and the next `begin` with the same key goes on from there, as it does after a kill.
 */
import type { Dirent } from 'node:fs';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AtomicFile, type WrittenFile } from '../files/atomic-file.ts';
import { forgetLock, lockFolder, unlockFolder } from '../files/folder-lock.ts';
import { Journal, readJournal } from '../files/journal.ts';
import { giveFinalNames, workFolderName } from './final-names.ts';
import {
  factOf,
  notesOf,
  workEntries,
  type FileRecordsByName,
  type SourceHashState,
  type WorkEntry,
} from './work-journal.ts';

/** Bytes that a loss of power may cost. */
const synchronisedEvery = 256 << 20;

export interface ResumedFile {
  readonly file: AtomicFile;
  /** What `checkpoint` was told of each group that is still there, in order. */
  readonly notes: readonly unknown[];
}

export interface CommittedExport {
  readonly key: string;
  readonly files: FileRecordsByName;
  /** The notes of a file's groups. */
  notes(file: string): readonly unknown[];
  /** The fact that was found out last under a name; `null` where there is none. */
  fact<Value>(name: string): Value | null;
}

export class PendingFiles {
  readonly #folder: string;
  readonly #madeFolders: readonly string[];
  readonly #files: { readonly name: string; readonly file: AtomicFile; written: WrittenFile | null }[] = [];
  #entries: readonly WorkEntry[];
  #journal: Journal;
  /** Of each file at work. */
  readonly #synchronisedEnds = new Map<string, number>();
  #committed = false;

  private constructor(folder: string, entries: readonly WorkEntry[], journal: Journal) {
    this.#folder = folder;
    this.#entries = entries;
    this.#journal = journal;
    const [begin] = entries;
    this.#madeFolders = begin?.kind === 'begin' ? begin.madeFolders : [];
  }

  /**
   * Makes `folder` where it is absent. `key` stands for everything that decides the bytes: only what was begun with the same
   * one is gone on with. Throws `output.busy`.
   */
  static async begin(folder: string, key = ''): Promise<PendingFiles> {
    const root = resolve(folder);
    const highest = await mkdir(root, { recursive: true });
    const work = join(root, workFolderName);
    await mkdir(work, { recursive: true });
    await lockFolder(join(work, 'lock'));
    try {
      const left = workEntries(await readJournal(journalPath(root)));
      const [before] = left;
      const madeFolders = before?.kind === 'begin' ? before.madeFolders : [];
      const resumes = key !== '' && before?.kind === 'begin' && before.key === key;
      const begin: WorkEntry = {
        kind: 'begin',
        key,
        madeFolders: [...new Set([...(highest === undefined ? [] : foldersBetween(root, highest)), ...madeFolders])],
      };
      const entries = resumes ? left : [begin];
      if (!resumes) await emptyExceptLock(work);
      return new PendingFiles(root, entries, await Journal.open(journalPath(root), entries));
    } catch (error) {
      await unlockFolder(join(work, 'lock'));
      throw error;
    }
  }

  /** Finishes the commit of an export that was killed in the middle of it; `null` where there is none. */
  static async finishInterrupted(folder: string): Promise<CommittedExport | null> {
    const root = resolve(folder);
    const entries = workEntries(await readJournal(journalPath(root)));
    const [begin] = entries;
    const commit = entries.find((entry) => entry.kind === 'commit');
    if (begin?.kind !== 'begin' || commit === undefined) return null;
    const work = join(root, workFolderName);
    const lock = join(work, 'lock');
    await lockFolder(lock);
    try {
      await giveFinalNames(root, Object.keys(commit.files));
    } catch (error) {
      await unlockFolder(lock);
      throw error;
    }
    await removeLocked(work);
    return {
      key: begin.key,
      files: commit.files,
      notes: (file) => notesOf(entries, file),
      fact: <Value>(name: string) => (factOf(entries, name) ?? null) as Value | null,
    };
  }

  /** What an interrupted run has already taken of the disk. */
  static async byteLength(folder: string): Promise<number> {
    const work = join(resolve(folder), workFolderName);
    const entries = await readdir(work, { recursive: true, withFileTypes: true }).catch(noneIfAbsent);
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(
      files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** A new file at `name`, a path relative to the folder with forward slashes. */
  async create(name: string): Promise<AtomicFile> {
    const file = await AtomicFile.create(this.#workPath(name));
    this.#files.push({ name, file, written: null });
    return file;
  }

  /** The file at `name` with the groups that an interrupted run left in it, or a new one. */
  async resume(name: string, signal?: AbortSignal): Promise<ResumedFile> {
    const groups = this.#entries.filter((entry) => entry.kind === 'group' && entry.file === name);
    const checkpoints = groups.filter((entry) => entry.kind === 'group');
    const { file, kept } = await AtomicFile.resume(this.#workPath(name), checkpoints, signal);
    this.#files.push({ name, file, written: null });
    if (kept < groups.length) {
      const lost = new Set<WorkEntry>(groups.slice(kept));
      this.#entries = this.#entries.filter((entry) => !lost.has(entry));
      await this.#journal.close();
      this.#journal = await Journal.open(journalPath(this.#folder), this.#entries);
    }
    return { file, notes: checkpoints.slice(0, kept).map(({ note }) => note) };
  }

  /** Records that one more group of a resumable file is written. */
  async checkpoint(name: string, file: AtomicFile, note: unknown): Promise<void> {
    const checkpoint = file.takeCheckpoint();
    await this.#append({ kind: 'group', file: name, ...checkpoint, note });
    if (checkpoint.end - (this.#synchronisedEnds.get(name) ?? 0) < synchronisedEvery) return;
    this.#synchronisedEnds.set(name, checkpoint.end);
    await file.synchronise();
    await this.#journal.synchronise();
  }

  /** A fact of this export, from the journal or found out now. Only facts that JSON can hold. */
  async fact<Value>(name: string, find: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.find((entry) => entry.kind === 'fact' && entry.name === name);
    if (known?.kind === 'fact') return known.value as Value;
    const value = await find();
    await this.#append({ kind: 'fact', name, value });
    return value;
  }

  /** A fact that is found out anew by every run. Only facts that JSON can hold. */
  record(name: string, value: unknown): Promise<void> {
    return this.#append({ kind: 'fact', name, value });
  }

  /** What the journal knows of how far the source files are hashed, in the order in which it was recorded. */
  get hashStates(): readonly SourceHashState[] {
    return this.#entries.filter((entry) => entry.kind === 'hash');
  }

  async recordHashes(states: readonly SourceHashState[]): Promise<void> {
    for (const { file, position, state } of states) await this.#append({ kind: 'hash', file, position, state });
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const file = await this.create(name);
    await file.append(bytes);
  }

  /** Where a file lies until the commit. */
  pathOf(name: string): string {
    return this.#workPath(name);
  }

  /** Makes what was created so far durable, and returns a record of every file by name, in the order of creation. */
  async finish(): Promise<Record<string, WrittenFile>> {
    const records: Record<string, WrittenFile> = {};
    for (const entry of this.#files) records[entry.name] = entry.written ??= await entry.file.finish();
    return records;
  }

  async commit(): Promise<void> {
    const files = await this.finish();
    await this.#append({ kind: 'commit', files });
    await this.#journal.synchronise();
    this.#committed = true;
    await this.#journal.close();
    await giveFinalNames(this.#folder, Object.keys(files));
    await this.#removeWork();
  }

  /** Stops, and keeps what is written for another `begin` with the same key. */
  async suspend(): Promise<void> {
    await this.#close();
    await unlockFolder(this.#lockPath);
  }

  /** Once the commit has begun it can only be finished, so then this is `suspend`. */
  async discard(): Promise<void> {
    if (this.#committed) return this.suspend();
    await this.#close();
    await this.#removeWork();
    for (const folder of this.#madeFolders) {
      try {
        await rmdir(folder);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'ENOTEMPTY' && code !== 'ENOENT' && code !== 'EEXIST') throw error;
      }
    }
  }

  get #lockPath(): string {
    return join(this.#folder, workFolderName, 'lock');
  }

  #workPath(name: string): string {
    return join(this.#folder, workFolderName, name);
  }

  async #append(entry: WorkEntry): Promise<void> {
    this.#entries = [...this.#entries, entry];
    await this.#journal.append(entry);
  }

  async #close(): Promise<void> {
    for (const { file } of this.#files) await file.close();
    await this.#journal.close();
  }

  #removeWork(): Promise<void> {
    return removeLocked(join(this.#folder, workFolderName));
  }
}

function noneIfAbsent(error: unknown): Dirent[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
  throw error;
}

async function emptyExceptLock(work: string): Promise<void> {
  for (const name of await readdir(work)) {
    if (name !== 'lock') await rm(join(work, name), { recursive: true, force: true });
  }
}

async function removeLocked(work: string): Promise<void> {
  await rm(work, { recursive: true, force: true });
  forgetLock(join(work, 'lock'));
}

function journalPath(root: string): string {
  return join(root, workFolderName, 'journal.jsonl');
}

/** From `deepest` up to `highest`, both included. */
function foldersBetween(deepest: string, highest: string): string[] {
  const folders: string[] = [];
  for (let folder = deepest; folder.length >= highest.length; folder = dirname(folder)) folders.push(folder);
  return folders;
}
