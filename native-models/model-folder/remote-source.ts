/**
 * A published model under a base address, such as `https://huggingface.co/OWNER/NAME/resolve/REVISION/`. Nothing is stored: the
 * weights stream through the conversion.
 */
import { ExportError } from '../export-error.ts';
import { identifyRemoteFile, readRemoteFile } from '../http/remote-file.ts';
import type { HttpOptions } from '../http/retry.ts';
import { HttpByteSource } from '../safetensors/http-byte-source.ts';
import { missingFile, type ModelSource } from './model-source.ts';
import { configFileName } from './source-folder.ts';
import type { SourceOrigin } from './workbench-file.ts';

export function isRemoteAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** Throws `request.invalid` for an address that is none, `source.missing` where it holds no config.json, `source.network`. */
export async function remoteSource(
  address: string,
  options: HttpOptions = {},
  signal?: AbortSignal,
): Promise<ModelSource> {
  const base = baseAddress(address);
  const urlOf = (file: string) => new URL(encodeURIComponent(file), base).href;
  const config = await identifyRemoteFile(urlOf(configFileName), options, signal);
  if (config === null) throw missingFile(base.href, configFileName);
  const named = originOf(base);
  return {
    name: base.href,
    origin: named === null ? null : { repository: named.repository, revision: config.commit ?? named.revision },
    revision: named?.revision ?? null,
    readFile: (file, fileSignal) => readRemoteFile(urlOf(file), options, fileSignal),
    has: async (file, fileSignal) => (await identifyRemoteFile(urlOf(file), options, fileSignal)) !== null,
    open: async (file, fileSignal) => {
      const source = await HttpByteSource.open(urlOf(file), options, fileSignal);
      if (source === null) throw missingFile(base.href, file);
      return source;
    },
    localPath: () => null,
  };
}

function baseAddress(address: string): URL {
  try {
    const base = new URL(address);
    if (!base.pathname.endsWith('/')) base.pathname += '/';
    return base;
  } catch (cause) {
    throw new ExportError('request.invalid', `"${address}" is not an address.`, {
      action: 'Give a folder, or an address such as https://huggingface.co/OWNER/NAME/resolve/REVISION/.',
      details: { address },
      cause,
    });
  }
}

function originOf({ pathname }: URL): SourceOrigin | null {
  const [, repository, revision] = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/$/.exec(pathname) ?? [];
  if (repository === undefined || revision === undefined) return null;
  return { repository: decodeURIComponent(repository), revision: decodeURIComponent(revision) };
}
