/** A model of the hub into a folder, complete and verified, with a note of where it came from. */
import { join } from 'node:path';
import { writeAtomically } from '../files/write-atomically.ts';
import type { HubAccess } from './access.ts';
import { chooseModelFiles, type ModelForm } from './choose-model-files.ts';
import { diskError } from './disk.ts';
import { downloadFiles, type DownloadOptions } from './download-files.ts';
import { listFiles, type HubFile } from './list-files.ts';
import type { HubRepository } from './repository.ts';
import { resolveRevision } from './resolve-revision.ts';

/** The note's name: repository, revision, commit, and each file's size and hash. */
export const originFile = 'hub.json';

export interface PullOptions extends DownloadOptions {
  repository: HubRepository;
  revision: string;
  /** `null`: ONNX where the repository has some, else safetensors. */
  form: ModelForm | null;
}

export interface PulledModel {
  folder: string;
  commit: string;
  files: HubFile[];
  /** Bytes of the files that this call fetched. */
  downloadedBytes: number;
}

export async function pullModel(access: HubAccess, options: PullOptions): Promise<PulledModel> {
  const { repository, revision, form, to, signal } = options;
  options.onProgress?.({ phase: 'list', done: 0, total: null, unit: 'files' });
  const commit = await resolveRevision(access, repository, revision, signal);
  const files = chooseModelFiles(await listFiles(access, repository, commit, signal), form);
  const { downloaded } = await downloadFiles(access, { repository, commit }, files, options);
  const origin = { repository: repository.name, revision, commit, files };
  await writeAtomically(join(to, originFile), `${JSON.stringify(origin, null, 2)}\n`).catch((cause: unknown) => {
    throw diskError(join(to, originFile), cause);
  });
  const downloadedBytes = downloaded.reduce((sum, { byteLength }) => sum + byteLength, 0);
  return { folder: to, commit, files, downloadedBytes };
}

/** Where a pulled model lies by default: `owner/name/revision` below `modelsFolder`; a slash in a revision becomes `--`. */
export function folderFor(modelsFolder: string, { name }: HubRepository, revision: string): string {
  return join(modelsFolder, ...name.split('/'), revision.replaceAll('/', '--'));
}
