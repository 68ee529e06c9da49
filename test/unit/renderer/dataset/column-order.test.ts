import { describe, expect, it } from 'vitest';
import { columnWidths, shownColumns } from '../../../../renderer/dataset/column-order.ts';

const dataset = {
  columns: ['id', 'language', 'text'].map((name) => ({ name, type: 'VARCHAR' })),
  textColumn: 'text',
};

describe('shownColumns', () => {
  it('begins with the text and keeps the place of each column in the file', () => {
    expect(shownColumns(dataset).map(({ name, index }) => [name, index])).toEqual([
      ['text', 2],
      ['id', 0],
      ['language', 1],
    ]);
    expect(shownColumns({ ...dataset, textColumn: null }).map(({ name }) => name)).toEqual(['id', 'language', 'text']);
  });
});

describe('a very wide dataset', () => {
  it('shows its text and its first columns', () => {
    const columns = Array.from({ length: 10_000 }, (_, index) => ({ name: `c${index}`, type: 'text' }));
    const shown = shownColumns({ columns, textColumn: 'c9999' });
    expect(shown).toHaveLength(100);
    expect(shown.map(({ name }) => name).slice(0, 2)).toEqual(['c9999', 'c0']);
  });
});

describe('columnWidths', () => {
  it('follows the longest value of its own column, within limits', () => {
    const cell = (preview: string) => ({ preview, characterCount: preview.length });
    const page = { offset: 0, rows: [{ row: 0, cells: [cell('x'.repeat(500)), cell('fr'), cell('text')] }] };
    const [text = 0, id = 0, language = 0] = columnWidths(shownColumns(dataset), page);
    expect(text).toBe(320);
    expect(id).toBe(208);
    expect(language).toBeGreaterThan(72);
    expect(language).toBeLessThan(120);
  });
});
