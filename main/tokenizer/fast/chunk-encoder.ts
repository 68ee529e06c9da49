/** Normalised text to tokens: cut into chunks, each looked up in the cache or merged. */
import { ChunkBorders, classCount } from './chunk-borders.ts';
import { ChunkCache, longestCachedChunk } from './chunk-cache.ts';
import type { TokenizerFamily } from './family.ts';
import { InitialSymbols } from './initial-symbols.ts';
import { SymbolMerger } from './merge-symbols.ts';
import { MergeTable } from './merge-table.ts';
import type { NormalisedText } from './normalised-text.ts';
import { metaspace } from './normaliser-rules.ts';
import { Symbols } from './symbols.ts';
import { tokenFlag, type TokenSink } from './token-columns.ts';

export class ChunkEncoder {
  readonly borders: ChunkBorders;
  readonly table: MergeTable;
  readonly initial: InitialSymbols;
  readonly merger: SymbolMerger;
  readonly #symbols = new Symbols();
  #cache: ChunkCache | null = null;

  constructor(family: TokenizerFamily) {
    this.borders = new ChunkBorders(family);
    this.table = new MergeTable(family.merges);
    this.initial = new InitialSymbols(family);
    this.merger = new SymbolMerger(this.table);
  }

  /** Appends the tokens of a normalised text that ends at a border. */
  encode(text: NormalisedText, sink: TokenSink): void {
    const { units, length } = text;
    const { classOf, joins } = this.borders;
    const cache = (this.#cache ??= new ChunkCache());
    let begin = 0;
    while (begin < length) {
      const unit = units[begin] ?? 0;
      let hash = unit;
      let row = (classOf[unit] ?? 0) * classCount;
      let end = begin + 1;
      for (; end < length; end++) {
        const next = units[end] ?? 0;
        const nextClass = classOf[next] ?? 0;
        if (joins[row + nextClass] === 0) break;
        hash = (Math.imul(hash, 0x01000193) ^ next) | 0;
        row = nextClass * classCount;
      }
      if (end - begin > longestCachedChunk) this.#encodeLong(text, begin, end, sink);
      else {
        let entry = cache.find(units, begin, end, hash);
        if (entry === -1) entry = cache.add(units, begin, end, hash, this.#merge(units, begin, end));
        writeEntry(cache, entry, text, begin, sink);
      }
      begin = end;
    }
  }

  #merge(units: Uint16Array, begin: number, end: number): Symbols {
    this.#symbols.length = 0;
    this.initial.append(units, begin, end, this.#symbols);
    this.merger.merge(this.#symbols);
    return this.#symbols;
  }

  #encodeLong(text: NormalisedText, begin: number, end: number, sink: TokenSink): void {
    const { ids, start, end: ends, length } = this.#merge(text.units, begin, end);
    sink.reserve(length);
    for (let i = 0; i < length; i++) {
      writeToken(sink, text, ids[i] ?? 0, begin + (start[i] ?? 0), begin + (ends[i] ?? 0));
    }
  }
}

function writeEntry(cache: ChunkCache, entry: number, text: NormalisedText, begin: number, sink: TokenSink): void {
  const first = cache.tokenStart[entry] ?? 0;
  const last = cache.tokenStart[entry + 1] ?? 0;
  sink.reserve(last - first);
  for (let i = first; i < last; i++) {
    writeToken(sink, text, cache.ids[i] ?? 0, begin + (cache.starts[i] ?? 0), begin + (cache.ends[i] ?? 0));
  }
}

function writeToken(sink: TokenSink, text: NormalisedText, id: number, begin: number, end: number): void {
  const { units, from, to } = text;
  const at = sink.length++;
  const start = from[begin] ?? 0;
  sink.ids[at] = id;
  sink.starts[at] = start;
  sink.ends[at] = to[end - 1] ?? 0;
  sink.flags[at] = start === to[begin] && units[begin] === metaspace ? tokenFlag.insertedSpace : 0;
}
