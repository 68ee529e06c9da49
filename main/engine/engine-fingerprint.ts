/** The engine's part of a receipt: the loaded files, and what runs them. */
import { cpus } from 'node:os';
import { env } from 'onnxruntime-node';
import type { EngineFingerprint, Runtime } from '../contract/fingerprint.ts';
import { modelFingerprint } from '../files/model-fingerprint.ts';
import { modelFileSize } from '../files/model-file-size.ts';

/** A graph with its weights beside it has less than a megabyte; one that holds them takes a second for every gigabyte and a half. */
const hashedAtLoading = 64 << 20;

/**
 * The fingerprint of a graph that is being loaded: taken now, while the files are those that are loaded, or for a large graph once
 * when it is first wanted.
 */
export async function fingerprintOf(folder: string, file: string): Promise<() => Promise<EngineFingerprint>> {
  let taken: Promise<EngineFingerprint> | null = null;
  const take = (): Promise<EngineFingerprint> => {
    taken ??= modelFingerprint(folder, file).then((model) => ({ ...model, runtime: runtime() }));
    // What failed once, because a disk was away, may work later.
    taken.catch(() => (taken = null));
    return taken;
  };
  if (((await modelFileSize(folder, file)) ?? 0) <= hashedAtLoading) await take();
  return take;
}

function runtime(): Runtime {
  return {
    onnxruntime: env.versions.node ?? env.versions.common,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    processor: cpus()[0]?.model.trim() ?? '',
  };
}
