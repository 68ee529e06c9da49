/** Streams planned weights into the external data file of a model: one group in memory at a time, cancellable between groups. */
import { ExportError } from '../export-error.ts';
import type { AtomicFile } from '../files/atomic-file.ts';
import type { Placement, StoredGroup } from './stored-tensors.ts';

export interface WriteExternalDataOptions {
  readonly groups: readonly StoredGroup[];
  readonly placements: ReadonlyMap<string, Placement>;
  readonly file: AtomicFile;
  readonly signal?: AbortSignal | undefined;
  readonly onGroup?: (group: StoredGroup) => void;
}

export async function writeExternalData(options: WriteExternalDataOptions): Promise<void> {
  const { groups, placements, file, signal, onGroup } = options;
  for (const group of groups) {
    signal?.throwIfAborted();
    const produced = await group.produce();
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
    onGroup?.(group);
  }
}
