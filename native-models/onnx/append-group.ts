/** Appends one planned group of weights to the external data file of its model, piece by piece, and holds it to its plan. */
import { ExportError } from '../export-error.ts';
import type { AtomicFile } from '../files/atomic-file.ts';
import type { Placement, ProduceOptions, StoredGroup } from './stored-tensors.ts';

export interface AppendGroupOptions extends ProduceOptions {
  readonly placements: ReadonlyMap<string, Placement>;
  readonly file: AtomicFile;
  readonly signal?: AbortSignal | undefined;
}

/** Throws `graph.invalid` where what was made is not what was planned. */
export async function appendGroup(group: StoredGroup, options: AppendGroupOptions): Promise<void> {
  const { placements, file, signal } = options;
  const missing = group.tensors.map(({ name }) => ({ name, ...placeOf(name, placements) }));
  let current = missing.shift();
  let index = 0;
  for await (const { tensor, bytes } of group.produce(options)) {
    signal?.throwIfAborted();
    while (current !== undefined && index < tensor) {
      requireEnd(current, file);
      current = missing.shift();
      index++;
    }
    if (current === undefined) throw unplanned(group.tensors.at(-1)?.name ?? '', 'no bytes', 'more');
    await file.padTo(current.offset);
    await file.append(bytes);
  }
  if (current !== undefined) requireEnd(current, file);
  const [left] = missing;
  if (left !== undefined) throw unplanned(left.name, `${left.byteLength} bytes`, 'none');
}

function placeOf(name: string, placements: ReadonlyMap<string, Placement>): Placement {
  const placement = placements.get(name);
  if (placement === undefined) throw unplanned(name, 'no place', 'some bytes');
  return placement;
}

function requireEnd({ name, offset, byteLength }: Placement & { name: string }, { byteLength: end }: AtomicFile): void {
  if (end !== offset + byteLength) throw unplanned(name, `${byteLength} bytes`, `${end - offset}`);
}

function unplanned(name: string, planned: string, made: string): ExportError {
  return new ExportError('graph.invalid', `Weight "${name}" was planned with ${planned} and made with ${made}.`, {
    action: 'This is a fault of the exporter: please report it.',
    details: { tensor: name },
  });
}
