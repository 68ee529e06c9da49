/** What the journal of an export in progress says, as lines of JSON. */
import type { Checkpoint, WrittenFile } from '../files/atomic-file.ts';
import type { HashState } from '../safetensors/hashed-byte-source.ts';

export type FileRecordsByName = Readonly<Record<string, WrittenFile>>;

/** How far one file of the source is hashed, and the state of its hash there. */
export type SourceHashState = { readonly file: string } & HashState;

export type WorkEntry =
  /** The first line: what is being made, and the folders that were made only for it. */
  | { readonly kind: 'begin'; readonly key: string; readonly madeFolders: readonly string[] }
  /** Something that took long to find out. */
  | { readonly kind: 'fact'; readonly name: string; readonly value: unknown }
  /** The bytes of one group are in the file; `note` is what was learnt while making them. */
  | ({ readonly kind: 'group'; readonly file: string; readonly note: unknown } & Checkpoint)
  /** Source bytes that passed by while the groups before were made. */
  | ({ readonly kind: 'hash' } & SourceHashState)
  /** Everything is written: from here on the files only get their names. */
  | { readonly kind: 'commit'; readonly files: FileRecordsByName };

/** The entries of a journal that starts as one should; none otherwise. */
export function workEntries(lines: readonly unknown[]): readonly WorkEntry[] {
  const entries = lines as readonly WorkEntry[];
  return entries[0]?.kind === 'begin' ? entries : [];
}

/** The value of a fact that was found out last; absent where none was. */
export function factOf(entries: readonly WorkEntry[], name: string): unknown {
  const found = entries.findLast((entry) => entry.kind === 'fact' && entry.name === name);
  return found?.kind === 'fact' ? found.value : undefined;
}

/** The notes of one file, in the order of its groups. */
export function notesOf(entries: readonly WorkEntry[], file: string): unknown[] {
  return entries.flatMap((entry) => (entry.kind === 'group' && entry.file === file ? [entry.note] : []));
}
