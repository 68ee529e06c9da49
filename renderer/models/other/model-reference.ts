/** What a person types or pastes to name a model of the hub. Whether it is a right name is for the main side to say. */
export interface ModelReference {
  repository: string;
  /** A branch, a tag or a commit. */
  revision: string;
}

const hubHosts = ['huggingface.co', 'www.huggingface.co', 'hf.co'];

/** `owner/name`, `owner/name@revision`, or the address of its page; `null` where there is nothing. */
export function parseModelReference(text: string): ModelReference | null {
  const typed = text.trim();
  if (typed === '') return null;
  const ofPage = fromPage(typed);
  if (ofPage !== null) return ofPage;
  const at = typed.indexOf('@');
  if (at === -1) return { repository: typed, revision: 'main' };
  return { repository: typed.slice(0, at), revision: typed.slice(at + 1) || 'main' };
}

/** `/owner/name`, `/owner/name/tree/REVISION`, or a file at a revision. */
function fromPage(text: string): ModelReference | null {
  const url = URL.parse(text);
  if (url === null || !hubHosts.includes(url.hostname)) return null;
  const [owner, name, verb, revision] = url.pathname.split('/').filter((segment) => segment !== '');
  if (owner === undefined || name === undefined) return null;
  const isAtRevision = ['tree', 'commit', 'blob', 'resolve'].includes(verb ?? '') && revision !== undefined;
  return { repository: `${owner}/${name}`, revision: isAtRevision ? decoded(revision) : 'main' };
}

/** A slash within a revision is written `%2F`. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
