/**
 * The script of a token's letters, or what it is made of where it has none. Each code point is asked once: properties of Unicode are
 * regular expressions here, and a vocabulary repeats its few thousand characters.
 */
import { tokenScriptSchema, type TokenScript } from '../../contract/vocabulary.ts';

const notLetters: readonly TokenScript[] = ['other', 'mixed', 'digits', 'punctuation', 'symbols', 'spaces', 'none'];
const scripts = tokenScriptSchema.options
  .filter((name) => !notLetters.includes(name))
  .map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** Of one character; `null` for marks, which belong to the letter before them. */
const known = new Map<string, TokenScript | null>();

/** `text` is what a token stands for. An empty one has no script. */
export function scriptOf(text: string): TokenScript {
  let letters: TokenScript | null = null;
  let rest: TokenScript = 'none';
  for (const character of text) {
    const script = ofCharacter(character);
    if (script === null) continue;
    if (notLetters.includes(script) && script !== 'other') {
      rest = heavier(rest, script);
    } else {
      letters = letters === null || letters === script ? script : 'mixed';
    }
  }
  return letters ?? rest;
}

function ofCharacter(character: string): TokenScript | null {
  const found = known.get(character);
  if (found !== undefined) return found;
  const script = classify(character);
  known.set(character, script);
  return script;
}

function classify(character: string): TokenScript | null {
  if (/[\p{L}\p{Nl}\p{So}]/u.test(character)) {
    const named = scripts.find(({ pattern }) => pattern.test(character));
    if (named !== undefined) return named.name;
    if (/\p{L}/u.test(character)) return 'other';
  }
  if (/\p{M}/u.test(character)) return null;
  if (/\p{N}/u.test(character)) return 'digits';
  if (/\p{P}/u.test(character)) return 'punctuation';
  return /[\p{Z}\s]/u.test(character) ? 'spaces' : 'symbols';
}

/** Of what stands beside no letter, the one that says most: a digit, a sign, a space. */
function heavier(one: TokenScript, other: TokenScript): TokenScript {
  const order: readonly TokenScript[] = ['none', 'spaces', 'punctuation', 'symbols', 'digits'];
  return order.indexOf(other) > order.indexOf(one) ? other : one;
}
