/** Where a template stops being one: the engine's errors carry no place, so it is watched while it reads. */
import { parse, tokenize } from '@huggingface/jinja';
import { placeTokens, type Place, type TemplateToken } from './token-places.ts';

/** The place of the error that parsing `source` ends in; `null` where it cannot be told. Only for a source that does not parse. */
export function locateSyntaxError(source: string): Place | null {
  try {
    const placed = placeTokens(source);
    return placed === null ? null : locateInParser(source, placed.tokens, placed.places);
  } catch {
    return locateInReader(source);
  }
}

/** The last token that the parser looked at; past the last token, the last tag. */
function locateInParser(source: string, tokens: TemplateToken[], places: readonly Place[]): Place | null {
  let last = -1;
  const watched = new Proxy(tokens, {
    get(target, key, receiver) {
      const index = typeof key === 'string' ? Number(key) : NaN;
      if (Number.isInteger(index)) last = Math.max(last, index);
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  try {
    parse(watched);
  } catch {
    if (last < tokens.length) return places[last] ?? null;
    const opening = tokens.findLastIndex(({ type }) => type === 'OpenStatement' || type === 'OpenExpression');
    return { start: places[opening]?.start ?? 0, end: source.length };
  }
  return null;
}

/**
 * From the token that the reader had begun to the character that it read last. The reader asks for `slice(i, i + 3)` at the
 * beginning of every token, and for single characters within it; a stand-in for the source notes both.
 */
function locateInReader(source: string): Place | null {
  let start = 0;
  let last = 0;
  const characters = new Proxy(Object(source) as object, {
    get(_target, key) {
      if (key === 'length') return source.length;
      if (key === 'slice') {
        return (from: number, to: number) => {
          if (to === from + 3) start = from;
          return source.slice(from, to);
        };
      }
      const index = typeof key === 'string' ? Number(key) : NaN;
      if (!Number.isInteger(index)) return undefined;
      last = Math.max(last, Math.min(index, source.length - 1));
      return source[index];
    },
  });
  const standIn = { endsWith: () => false, replace: () => characters };
  try {
    tokenize(standIn as unknown as string);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) return null;
    if (thrown.message.includes('comment')) {
      // A comment is read without asking for its beginning: it is the first one behind what was read before.
      return { start: source.indexOf('{#', start), end: source.length };
    }
    const blank = /^\s*/.exec(source.slice(start))?.[0].length ?? 0;
    return { start: start + blank, end: Math.max(last + 1, start + blank) };
  }
  return null;
}
