/**
 * The tokenizer.json of a repository of the hub, fetched once for each commit: `owner/name/commit/tokenizer.json`, with the chat template
 * beside it, if there is one. Nothing else of the repository is fetched. Which commit a branch was last seen at is written down, so that what is here serves without a network, too.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { largestFile } from '../files/read-bounded.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import {
  downloadFiles,
  listFiles,
  parseModelName,
  resolveRevision,
  type HubAccess,
  type HubFile,
} from '../hub/index.ts';

const file = 'tokenizer.json';
/** The chat template is in one of these; without them a tokenizer is as good. */
const besideIt: Record<string, number> = {
  'tokenizer_config.json': largestFile.tokenizerConfig,
  'chat_template.jinja': largestFile.chatTemplate,
};
const isCommit = (revision: string): boolean => /^[0-9a-f]{40}$/.test(revision);
const seenSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{40}$/));

export interface HubTokenizer {
  path: string;
  commit: string;
  /** The hub could not be reached: this is what was fetched from it earlier. */
  isOffline: boolean;
}

export interface HubTokenizerOptions {
  /** Where the tokenizers of the hub lie. */
  folder: string;
  access: () => HubAccess;
  signal: AbortSignal;
}

/**
 * A commit that was fetched is taken without asking the hub.
 * @throws WorkbenchError `INVALID_INPUT`, `HUB_…`, `HASH_MISMATCH`, `MODEL_FILE_MISSING`, `FILE_TOO_LARGE`, `DISK_FULL`, `FOLDER_…`
 */
export async function hubTokenizer(
  name: string,
  wanted: string,
  { folder, access: hubAccess, signal }: HubTokenizerOptions,
): Promise<HubTokenizer> {
  const { repository, revision } = parseModelName(`${name}@${wanted}`);
  const place = join(folder, ...repository.name.split('/'));
  const pathOf = (commit: string) => join(place, commit, file);
  if (isCommit(revision) && (await isThere(pathOf(revision)))) {
    return { path: pathOf(revision), commit: revision, isOffline: false };
  }
  const access = hubAccess();
  const seenFile = join(place, 'revisions.json');
  let commit: string;
  try {
    commit = await resolveRevision(access, repository, revision, signal);
  } catch (thrown) {
    const known = (await readSeen(seenFile)).get(revision);
    const isAway = ['HUB_UNREACHABLE', 'HUB_RATE_LIMITED'].includes(WorkbenchError.from(thrown).code);
    if (!isAway || known === undefined || !(await isThere(pathOf(known)))) throw thrown;
    return { path: pathOf(known), commit: known, isOffline: true };
  }
  await inTurn(join(place, commit), signal, async () => {
    if (await isThere(pathOf(commit))) return;
    const files = chosenFiles(repository.name, await listFiles(access, repository, commit, signal));
    await downloadFiles(access, { repository, commit }, files, { to: join(place, commit), signal });
  });
  const seen = await readSeen(seenFile);
  if (seen.get(revision) !== commit) {
    await writeAtomically(seenFile, JSON.stringify(Object.fromEntries(seen.set(revision, commit))));
  }
  return { path: pathOf(commit), commit, isOffline: false };
}

/** Revision to commit. What cannot be read is as good as nothing: it is only a note. */
async function readSeen(path: string): Promise<Map<string, string>> {
  try {
    return new Map(Object.entries(seenSchema.parse(JSON.parse(await readFile(path, 'utf8')))));
  } catch {
    return new Map();
  }
}

/** The tokenizer comes last: where it is, the rest is. @throws WorkbenchError `MODEL_FILE_MISSING`, `FILE_TOO_LARGE` */
function chosenFiles(repository: string, listed: readonly HubFile[]): HubFile[] {
  const tokenizer = listed.find(({ path }) => path === file);
  if (tokenizer === undefined) throw noTokenizer(repository);
  if (tokenizer.byteLength > largestFile.tokenizer) throw tooLarge(repository, tokenizer.byteLength);
  const others = listed.filter(
    ({ path, byteLength }) => Object.hasOwn(besideIt, path) && byteLength <= (besideIt[path] ?? 0),
  );
  return [...others, tokenizer];
}

/** The last fetch into a folder: who asks for the same meanwhile waits for its end, and finds it there. */
const underway = new Map<string, Promise<unknown>>();

async function inTurn(folder: string, signal: AbortSignal, fetch: () => Promise<void>): Promise<void> {
  const before = underway.get(folder) ?? Promise.resolve();
  const own = before.then(() => {
    signal.throwIfAborted();
    return fetch();
  });
  const ended = own.catch(() => undefined);
  underway.set(folder, ended);
  void ended.then(() => {
    if (underway.get(folder) === ended) underway.delete(folder);
  });
  await untilAborted(own, signal);
}

/** The promise, or the end of waiting for it. */
function untilAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const give = () => reject(signal.reason as Error);
  signal.addEventListener('abort', give, { once: true });
  if (signal.aborted) give();
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', give));
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isFile(),
    () => false,
  );
}

function noTokenizer(repository: string): WorkbenchError {
  return new WorkbenchError('MODEL_FILE_MISSING', `${repository} has no tokenizer.json.`, {
    action: 'Choose a repository whose tokenizer is published in the "tokenizers" format.',
    details: { folder: repository, file },
  });
}

function tooLarge(repository: string, bytes: number): WorkbenchError {
  return new WorkbenchError('FILE_TOO_LARGE', `The tokenizer.json of ${repository} has ${bytes} bytes.`, {
    action: 'Choose another repository.',
    details: { file, bytes, limit: largestFile.tokenizer },
  });
}
