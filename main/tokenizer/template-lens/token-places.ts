/**
 * Where each token of a template stands in its source. The template engine's tokens carry no places, so the source is walked again
 * along the tokens that the engine found, each checked against what stands there; where they part, nothing is said.
 */
import { tokenize } from '@huggingface/jinja';

export type TemplateToken = ReturnType<typeof tokenize>[number];

export interface Place {
  start: number;
  end: number;
}

export interface PlacedTokens {
  tokens: TemplateToken[];
  /** `places[i]` is that of `tokens[i]`, in UTF-16 units of the source. */
  places: Place[];
}

/** The tag that the engine takes out before it reads; blanks of the same length keep every place. */
const generationTag = /{%-?\s*(?:end)?generation\s*-?%}/g;

/** `null` where the places cannot be told. @throws SyntaxError where the engine cannot read the source */
export function placeTokens(source: string): PlacedTokens | null {
  const blanked = source.replace(generationTag, (tag) => ' '.repeat(tag.length));
  const tokens = tokenize(blanked);
  const places: Place[] = [];
  let at = 0;
  for (const token of tokens) {
    const place = placeOf(blanked, token, at);
    if (place === null) return null;
    places.push(place);
    at = place.end;
  }
  return { tokens, places };
}

/** The place of a token that begins at `at` or, after white space and the hyphens of `{%-` and `-%}`, behind it. */
function placeOf(source: string, token: TemplateToken, at: number): Place | null {
  if (token.type === 'Text') {
    const tag = /{[%{#]/g;
    tag.lastIndex = at;
    return { start: at, end: tag.exec(source)?.index ?? source.length };
  }
  const start = at + (/^\s*/.exec(source.slice(at))?.[0].length ?? 0);
  const written = writtenAt(source, token, start);
  return written === null ? null : { start, end: start + written };
}

/** How many units the token takes at `start`; `null` where something else stands there. */
function writtenAt(source: string, token: TemplateToken, start: number): number | null {
  const rest = source.slice(start, start + 4);
  if (token.type === 'Comment') {
    const end = source.indexOf('#}', start + 2);
    return rest.startsWith('{#') && end !== -1 ? end + 2 - start : null;
  }
  if (token.type === 'StringLiteral') return stringLength(source, start);
  if (token.type === 'OpenStatement' || token.type === 'OpenExpression') {
    if (!rest.startsWith(token.value)) return null;
    return rest.startsWith('-', 2) ? 3 : 2;
  }
  if (token.type === 'CloseStatement' || token.type === 'CloseExpression') {
    if (rest.startsWith(`-${token.value}`)) return 3;
    return rest.startsWith(token.value) ? 2 : null;
  }
  return source.startsWith(token.value, start) ? token.value.length : null;
}

function stringLength(source: string, start: number): number | null {
  const quote = source.charAt(start);
  if (quote !== '"' && quote !== "'") return null;
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === quote) return i + 1 - start;
  }
  return null;
}
