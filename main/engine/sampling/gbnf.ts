/**
 * GBNF, llama.cpp's notation (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md), as the notation that XGrammar
 * reads. These are alike except for `.`, any character, which XGrammar does not know.
 */
const anyCharacter = '[\\u0000-\\U0010ffff]';

/** Strings, character classes and comments stay as they are. */
const tokens = /"(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|#[^\n]*|\./g;

export function ebnfOfGbnf(source: string): string {
  return source.replace(tokens, (token) => (token === '.' ? anyCharacter : token));
}
