/** Streams planned weights into the external data file of a model: one group in memory at a time, cancellable within a group. */
import { ExportError } from '../export-error.ts';
import type { AtomicFile } from '../files/atomic-file.ts';
import type { Placement, StoredGroup } from './stored-tensors.ts';

export interface WriteExternalDataOptions {
  /** Those that the file does not hold yet. */
  readonly groups: readonly StoredGroup[];
  readonly placements: ReadonlyMap<string, Placement>;
  readonly file: AtomicFile;
  readonly signal?: AbortSignal | undefined;
  /** Called with the source bytes of the group at work that are read. */
  readonly onBytes?: (byteLength: number) => void;
  /** Awaited when the bytes of a group are in the file. */
  readonly onGroup?: (group: StoredGroup) => void | Promise<void>;
}

export async function writeExternalData(options: WriteExternalDataOptions): Promise<void> {
  const { groups, placements, file, signal, onBytes, onGroup } = options;
  for (const group of groups) {
    signal?.throwIfAborted();
    let read = 0;
    const produced = await group.produce({
      signal,
      onBytes: (byteLength) => {
        read = Math.min(read + byteLength, group.sourceByteLength);
        onBytes?.(read);
      },
    });
    for (const [index, { name }] of group.tensors.entries()) {
      const placement = placements.get(name);
      const bytes = produced[index];
      if (placement === undefined || bytes === undefined || bytes.byteLength !== placement.byteLength) {
        throw new ExportError(
          'graph.invalid',
          `Weight "${name}" was planned with ${placement?.byteLength ?? 'no'} bytes and made with ${bytes?.byteLength ?? 'none'}.`,
          { action: 'This is a fault of the exporter: please report it.', details: { tensor: name } },
        );
      }
      await file.padTo(placement.offset);
      await file.append(bytes);
    }
    signal?.throwIfAborted();
    await onGroup?.(group);
  }
}
