import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { searchQuery } from '../../../../main/chat/history/search-query.ts';
import { SeededRandom } from '../../../fixtures/seeded-random.ts';

test('words are all wanted, the last one is perhaps unfinished', () => {
  expect(searchQuery('capitale Franc')).toBe('"capitale" AND "Franc" *');
  expect(searchQuery('capitale France ')).toBe('"capitale" AND "France"');
});

test('a phrase stays together; one that is not closed yet is still being typed', () => {
  expect(searchQuery('"la capitale" « de la »')).toBe('"la capitale" AND "de la"');
  expect(searchQuery('“exact words” more')).toBe('"exact words" AND "more" *');
  expect(searchQuery('"la capit')).toBe('"la capit" *');
});

test('what is no word is left out, and where nothing is left there is no query', () => {
  expect(searchQuery('C ++ !')).toBe('"C" *');
  for (const nothing of ['', '   ', '"', '""', '* ( ) :', '\0', '«»', '😀']) expect(searchQuery(nothing)).toBeNull();
});

test('nothing that can be typed is a syntax error', () => {
  const database = new DatabaseSync(':memory:');
  database.exec("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')");
  const find = database.prepare('SELECT count(*) AS n FROM t WHERE t MATCH ?');
  const parts = [
    'AND',
    'OR',
    'NOT',
    'NEAR(',
    ')',
    '"',
    "'",
    '*',
    '^',
    ':',
    '-',
    '+',
    '{',
    '}',
    'text:',
    'é',
    'a',
    ' ',
    '«',
    '”',
    '\0',
    '\ud800',
  ];
  const random = new SeededRandom(7);
  for (let i = 0; i < 3_000; i += 1) {
    const typed = Array.from({ length: 1 + random.below(8) }, () => parts[random.below(parts.length)]).join('');
    const query = searchQuery(typed);
    if (query !== null) expect(() => find.get(query), JSON.stringify(typed)).not.toThrow();
  }
});
