/** Finds a file of the built renderer for a URL path; never one outside its folder. Used by `app://` and by the browser host. */
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

export interface RendererFile {
  path: string;
  byteLength: number;
  mediaType: string;
}

/** `null` where there is no such file, or where the path is not a plain path below the folder. */
export async function findRendererFile(folder: string, urlPath: string): Promise<RendererFile | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null; // Not a URL path: nothing can have this name.
  }
  if (decoded.includes('\0')) return null;
  const path = join(folder, normalize(decoded === '/' ? '/index.html' : decoded));
  if (!path.startsWith(folder + sep)) return null;
  const mediaType = mediaTypes[extname(path)];
  const file = await stat(path).catch(() => null);
  if (mediaType === undefined || file === null || !file.isFile()) return null;
  return { path, byteLength: file.size, mediaType };
}
