/**
 * An answer's Markdown as a list of top-level blocks. While an answer grows only its last block changes, so each block is
 * rendered on its own and those before it are left alone. Code blocks stay text: they are never turned into HTML.
 */
import { Marked, type Token } from 'marked';

export type Block = { kind: 'markdown'; raw: string } | { kind: 'code'; language: string; text: string };

const lexer = new Marked({ gfm: true, breaks: true });

export function splitBlocks(source: string): Block[] {
  const tokens = tokensOf(source);
  const definitions = tokens.flatMap(({ type, raw }) => (type === 'def' ? [`\n${raw.trim()}`] : [])).join('');
  return tokens.flatMap((token): Block[] => {
    if (token.type === 'space' || token.type === 'def') return [];
    if (token.type === 'code') {
      const [language = ''] = String(token['lang'] ?? '').split(/\s/);
      return [{ kind: 'code', language, text: String(token['text']) }];
    }
    // A reference link needs its address, which may stand anywhere in the answer.
    const needsDefinitions = definitions !== '' && token.raw.includes('[');
    return [{ kind: 'markdown', raw: needsDefinitions ? `${token.raw}\n${definitions}` : token.raw }];
  });
}

/** One block of text where the nesting is so deep that it ends the parser's stack. */
function tokensOf(source: string): Token[] {
  try {
    return lexer.lexer(source);
  } catch {
    return [{ type: 'paragraph', raw: source, text: source, tokens: [] }];
  }
}
