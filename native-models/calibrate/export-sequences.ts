/**
 * The sequences that an export calibrates with, known before it begins: they are a part of what decides its bytes. The tokenizer
 * of the source may be on a server, so it is put into a folder of its own for as long as texts are cut into tokens.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Variant } from '../variants.ts';

/** Token ids, given a folder that holds the tokenizer files of the model. */
export type CalibrationSequences = (tokenizerFolder: string) => Promise<readonly (readonly number[])[]>;

/** None where nothing was asked for, or no variant can take an int8 cache. */
export async function exportSequences(
  asked: CalibrationSequences | undefined,
  variants: readonly Variant[],
  tokenizerFiles: ReadonlyMap<string, Uint8Array>,
): Promise<readonly (readonly number[])[]> {
  if (asked === undefined || !variants.some(({ name }) => name === 'q4')) return [];
  const folder = await mkdtemp(join(tmpdir(), 'lucie-tokenizer-'));
  try {
    for (const [name, bytes] of tokenizerFiles) await writeFile(join(folder, name), bytes);
    return (await asked(folder)).filter((ids) => ids.length > 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
