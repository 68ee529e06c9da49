/** An answer without its Markdown, for places that would show the marks: the words of every block, code and tables as they stand. */
import { Marked, type Token, type Tokens } from 'marked';

const lexer = new Marked({ gfm: true, breaks: true });

export function plainText(markdown: string): string {
  try {
    return blocks(lexer.lexer(markdown), '\n\n').trim();
  } catch {
    return markdown; // Nested so deeply that it ends the parser's stack.
  }
}

function blocks(tokens: readonly Token[], between: string): string {
  return tokens
    .flatMap((token) => (token.type === 'space' || token.type === 'def' ? [] : [block(token)]))
    .join(between);
}

function block(token: Token): string {
  switch (token.type) {
    case 'code':
      return (token as Tokens.Code).text;
    case 'list': {
      const { items, ordered, start } = token as Tokens.List;
      const mark = (index: number) => (ordered ? `${Number(start === '' ? 1 : start) + index}.` : '-');
      return items
        .map((item, index) => `${mark(index)} ${blocks(item.tokens, '\n').replaceAll('\n', '\n  ')}`)
        .join('\n');
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [header, ...rows].map((row) => row.map((cell) => inline(cell.tokens)).join('\t')).join('\n');
    }
    case 'blockquote':
      return blocks((token as Tokens.Blockquote).tokens, '\n\n');
    case 'hr':
      return '';
    default:
      return inline('tokens' in token && token.tokens !== undefined ? token.tokens : [token]);
  }
}

function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if ('tokens' in token && token.tokens !== undefined) return inline(token.tokens);
      return 'text' in token ? String(token.text) : token.raw;
    })
    .join('');
}
