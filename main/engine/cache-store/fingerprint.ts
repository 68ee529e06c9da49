/**
 * What keys and values depend on: the graph, its weights, and the code and processor that computed them. Weights of gigabytes are
 * known by size and time of change, beside the hash that was recorded for them, if one was.
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Device } from '../../contract/devices.ts';
import type { EngineFingerprint } from '../../contract/fingerprint.ts';
import type { ModelFile } from '../model-files.ts';

export async function cacheFingerprint(
  file: ModelFile,
  identity: EngineFingerprint,
  device: Device,
  threads: number,
): Promise<string> {
  const files = await Promise.all([file.path, ...file.dataPaths].map((path) => stat(path)));
  const states = files.map(({ size, mtimeMs }) => [size, mtimeMs]);
  return createHash('sha256')
    .update(JSON.stringify([identity, states, device, threads]))
    .digest('hex');
}
