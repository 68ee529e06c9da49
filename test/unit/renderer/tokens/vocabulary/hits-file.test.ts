import { describe, expect, it } from 'vitest';
import type { VocabularyRow } from '../../../../../main/contract/vocabulary.ts';
import { hitsAsCsv, hitsAsJson } from '../../../../../renderer/tokens/vocabulary/hits-file.ts';

const row = (id: number, text: string): VocabularyRow => ({
  id,
  piece: text.replaceAll(' ', '▁'),
  kind: 'normal',
  bytes: '20',
  mergeRank: id === 0 ? null : 7,
  text,
  characterCount: [...text].length,
  script: 'Latin',
  frequencyClass: id === 0 ? null : 3,
  reachability: 'reachable',
});
const rows = [row(0, ' a'), row(1, '"'), row(2, 'a,b'), row(3, '\n'), row(4, '\u00A0')];

describe('files of hits', () => {
  it('quotes what a reader of CSV would break at or trim', () => {
    expect(hitsAsCsv(rows).split('\r\n')).toEqual([
      'id,piece,text,kind,bytes,characters,script,merge_rank,frequency_class,reachability',
      '0,▁a," a",normal,20,2,Latin,,,reachable',
      '1,"""","""",normal,20,1,Latin,7,3,reachable',
      '2,"a,b","a,b",normal,20,3,Latin,7,3,reachable',
      '3,"\n","\n",normal,20,1,Latin,7,3,reachable',
      '4,"\u00A0","\u00A0",normal,20,1,Latin,7,3,reachable',
      '',
    ]);
  });

  it('writes JSON that reads back, also of nothing', () => {
    expect(JSON.parse(hitsAsJson(rows))).toEqual(rows);
    expect(JSON.parse(hitsAsJson([]))).toEqual([]);
  });
});
