/**
 * What a person types into the search field, as a query of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax). Every term
 * becomes a quoted string, so that no input is a syntax error or an operator; the last term, which may still be being typed, also
 * matches longer words.
 */

/** Quotation marks that hold a phrase together, opening and closing. */
const phrases = /"([^"]*)"?|«([^»]*)»?|“([^”]*)”?|(\S+)/gu;
/** What the tokenizer `unicode61` makes words of; anything else only separates. */
const wordCharacter = /[\p{L}\p{N}\p{Co}]/u;
/** Each term is a lookup of its own; nobody types more. */
const mostTerms = 32;

/** `null` where nothing of the text is a word: then there is nothing to search for. */
export function searchQuery(typed: string): string | null {
  const terms: { text: string; isPhrase: boolean }[] = [];
  for (const [whole, straight, angled, curly, word] of typed.replaceAll('\0', ' ').matchAll(phrases)) {
    const phrase = straight ?? angled ?? curly;
    const text = (phrase ?? word ?? whole).trim();
    if (!wordCharacter.test(text)) continue;
    terms.push({ text, isPhrase: phrase !== undefined && /["»”]$/u.test(whole) });
  }
  const kept = terms.slice(0, mostTerms);
  const last = kept.at(-1);
  if (last === undefined) return null;
  // A word that is followed by a space is complete, as a closed phrase is.
  const isComplete = last.isPhrase || /\s$/u.test(typed);
  return kept.map((term) => quoted(term.text) + (term === last && !isComplete ? ' *' : '')).join(' AND ');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
