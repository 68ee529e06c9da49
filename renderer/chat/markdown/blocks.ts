/**
 * An answer's Markdown as a list of top-level blocks, each rendered on its own. Code blocks stay text: they are never turned into
 * HTML. This cuts a whole text; `GrowingBlocks` gives the same for one that grows, without reading it again.
 */
import type { Token } from 'marked';
import { blockTokens } from './dialect.ts';

interface Placed {
  /** Of the block's source in the text whose line breaks are `\n`, in UTF-16 units. */
  readonly start: number;
  readonly raw: string;
}

export type Block =
  | (Placed & {
      readonly kind: 'markdown';
      /** Addresses of the links that the block names; they may stand anywhere in the answer. */
      readonly definitions: string;
    })
  | (Placed & { readonly kind: 'code'; readonly language: string; readonly text: string });

/** An address that links refer to by `label`, and its source. */
export interface Definition {
  readonly label: string;
  readonly raw: string;
}

/** Before the addresses are known. */
export type Cut = { readonly block: Block } | { readonly definition: Definition };

export function splitBlocks(source: string): Block[] {
  const text = unixLines(source);
  return withDefinitions(cutTokens(blockTokens(text, false), 0));
}

export function unixLines(source: string): string {
  return source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
}

/** `start` is the place of the first token. */
export function cutTokens(tokens: readonly Token[], start: number): Cut[] {
  let at = start;
  return tokens.flatMap((token): Cut[] => {
    const place = { start: at, raw: token.raw };
    at += token.raw.length;
    if (token.type === 'space') return [];
    if (token.type === 'def') return [{ definition: { label: String(token['tag']), raw: token.raw.trim() } }];
    if (token.type !== 'code') return [{ block: { kind: 'markdown', definitions: '', ...place } }];
    const [language = ''] = String(token['lang'] ?? '').split(/\s/);
    return [{ block: { kind: 'code', language, text: String(token['text']), ...place } }];
  });
}

export function withDefinitions(cuts: readonly Cut[]): Block[] {
  const definitions = new Map<string, string>();
  for (const cut of cuts) {
    // The first of a label counts.
    if ('definition' in cut && !definitions.has(cut.definition.label))
      definitions.set(cut.definition.label, cut.definition.raw);
  }
  return cuts.flatMap((cut) => ('block' in cut ? [defined(cut.block, definitions)] : []));
}

/** The block with the addresses that it names. */
export function defined(block: Block, definitions: ReadonlyMap<string, string>): Block {
  if (block.kind === 'code' || definitions.size === 0 || !block.raw.includes('[')) return block;
  const text = block.raw.toLowerCase().replace(/\s+/g, ' ');
  const named = [...definitions].filter(([label]) => text.includes(`[${label}]`)).map(([, raw]) => `\n${raw}`);
  return named.length === 0 ? block : { ...block, definitions: `\n${named.join('')}` };
}
