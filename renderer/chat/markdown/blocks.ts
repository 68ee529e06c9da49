/**
 * An answer's Markdown as a list of top-level blocks. While an answer grows only its last block changes, so each block is
 * rendered on its own and those before it are left alone. Code blocks stay text: they are never turned into HTML.
 */
import { Marked } from 'marked';

export type Block = { kind: 'markdown'; raw: string } | { kind: 'code'; language: string; text: string };

const lexer = new Marked({ gfm: true, breaks: true });

export function splitBlocks(source: string): Block[] {
  return lexer.lexer(source).flatMap((token): Block[] => {
    if (token.type === 'space' || token.type === 'def') return [];
    if (token.type === 'code') {
      const [language = ''] = String(token['lang'] ?? '').split(/\s/);
      return [{ kind: 'code', language, text: String(token['text']) }];
    }
    return [{ kind: 'markdown', raw: token.raw }];
  });
}
