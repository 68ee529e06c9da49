import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Symbols } from '../../../../main/tokenizer/fast/symbols.ts';
import type { FastEncoder } from '../../../../main/tokenizer/index.ts';
import { demoEncoder } from './demo-encoder.ts';

describe('SymbolMerger', () => {
  let encoder: FastEncoder;
  beforeAll(() => {
    encoder = demoEncoder();
  });

  const symbolsOf = (text: string) => {
    const symbols = new Symbols();
    const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    encoder.chunks.initial.append(units, 0, units.length, symbols);
    return symbols;
  };
  const columnsOf = ({ ids, start, end, length }: Symbols) =>
    [ids, start, end].map((column) => Array.from(column.subarray(0, length)));

  it('merges a long chunk with its queue as a short one by searching', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'e', 'n', 't', 's', '▁', 'é', '😀'), { minLength: 49, maxLength: 200 }),
        (parts) => {
          const queued = symbolsOf(parts.join(''));
          const searched = symbolsOf(parts.join(''));
          encoder.chunks.merger.merge(queued);
          encoder.chunks.merger.mergeShort(searched);
          expect(columnsOf(queued)).toEqual(columnsOf(searched));
        },
      ),
      { numRuns: 200 },
    );
  });
});
