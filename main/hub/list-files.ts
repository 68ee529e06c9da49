/**
 * Every file of a repository at a commit, with size and hash. The listing comes in pages; of the `Link` header only the
 * query is used, so that a mirror that passes the hub's own links on is not left on the second page.
 */
import { z } from 'zod';
import type { HubAccess } from './access.ts';
import { exchange } from './exchange.ts';
import { invalidAnswer } from './failures.ts';
import { apiSteps, type HubRepository } from './repository.ts';
import { withRetries } from './retry.ts';

export interface HubFile {
  /** As the hub has it; not yet checked to be safe as a path on this machine. */
  path: string;
  byteLength: number;
  /** Large files (LFS) have a SHA-256, the others the SHA-1 of their git blob. */
  hash: { algorithm: 'sha256' | 'git-sha1'; value: string };
}

const entrySchema = z.object({
  type: z.string(),
  path: z.string().min(1),
  size: z.int().nonnegative().default(0),
  oid: z.string(),
  lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().nonnegative() }).optional(),
});
const pageSchema = z.array(entrySchema);

/** @throws WorkbenchError as `resolveRevision` */
export async function listFiles(
  access: HubAccess,
  repository: HubRepository,
  commit: string,
  signal: AbortSignal,
): Promise<HubFile[]> {
  const subject = `the file list of ${repository.name}`;
  const first = access.url(...apiSteps(repository), 'tree', commit);
  first.search = 'recursive=true';
  const files: HubFile[] = [];
  const seen = new Set<string>();
  for (let url: URL | null = first; url !== null;) {
    if (seen.has(url.search)) throw invalidAnswer(subject, url, 'its pages go round in a circle');
    seen.add(url.search);
    const page = await withRetries(access.retry, signal, () => readPage(access, subject, url as URL, signal));
    files.push(...page.files);
    url = page.nextSearch === null ? null : new URL(page.nextSearch, first);
  }
  return files;
}

function readPage(access: HubAccess, subject: string, url: URL, signal: AbortSignal) {
  return exchange(access, {
    subject,
    url,
    signal,
    async read({ response, url: from }): Promise<{ files: HubFile[]; nextSearch: string | null }> {
      const text = await response.text();
      try {
        const entries = pageSchema.parse(JSON.parse(text)).filter(({ type }) => type === 'file');
        return { files: entries.map(fileOf), nextSearch: nextSearch(response.headers.get('link')) };
      } catch (cause) {
        throw invalidAnswer(subject, from, 'not a list of files with sizes and hashes', cause);
      }
    },
  });
}

function fileOf({ path, size, oid, lfs }: z.infer<typeof entrySchema>): HubFile {
  if (lfs !== undefined) return { path, byteLength: lfs.size, hash: { algorithm: 'sha256', value: lfs.oid } };
  if (!/^[0-9a-f]{40}$/.test(oid)) throw new Error(`${path} has no git hash but "${oid}"`);
  return { path, byteLength: size, hash: { algorithm: 'git-sha1', value: oid } };
}

/** The query of `<…>; rel="next"` (RFC 8288). */
export function nextSearch(link: string | null): string | null {
  const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link ?? '')?.[1];
  return next === undefined ? null : (URL.parse(next, 'http://relative')?.search ?? null);
}
