/**
 * What keys and values depend on: the graph, its weights, and the code and processor that computed them. Weights of gigabytes are
 * known by size and time of change: a file that was exchanged against another has another one.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { arch, cpus } from 'node:os';
import { env } from 'onnxruntime-node';
import type { Device } from '../../contract/devices.ts';
import type { ModelFile } from '../model-files.ts';

/** A graph that carries its weights is larger, and is known like weights are. */
const largestHashed = 64 << 20;

export async function cacheFingerprint(file: ModelFile, device: Device, threads: number): Promise<string> {
  const hash = createHash('sha256');
  for (const path of [file.path, ...file.dataPaths]) {
    const { size, mtimeMs } = await stat(path);
    hash.update(path === file.path && size <= largestHashed ? await readFile(path) : `${size} ${mtimeMs}`);
  }
  const runtime = [env.versions.node, device, threads, arch(), cpus()[0]?.model];
  return hash.update(runtime.join('\n')).digest('hex');
}
