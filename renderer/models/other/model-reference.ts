/** What a person types or pastes to name a model of the hub. Whether it is a right name is for the main side to say. */
export interface ModelReference {
  repository: string;
  /** A branch, a tag or a commit. */
  revision: string;
}

const page =
  /^https?:\/\/(?:huggingface\.co|hf\.co)\/([^/?#]+\/[^/?#]+)(?:\/(?:tree|commit)\/([^?#]+?))?\/?(?:[?#].*)?$/;

/** `owner/name`, `owner/name@revision`, or the address of its page; `null` where there is nothing. */
export function parseModelReference(text: string): ModelReference | null {
  const typed = text.trim();
  if (typed === '') return null;
  const [, repository, ofPage] = page.exec(typed) ?? [];
  if (repository !== undefined) return { repository, revision: ofPage ?? 'main' };
  const at = typed.indexOf('@');
  if (at === -1) return { repository: typed, revision: 'main' };
  return { repository: typed.slice(0, at), revision: typed.slice(at + 1) || 'main' };
}
