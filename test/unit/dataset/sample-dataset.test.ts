import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columns, makeRows } from '../../../build/sample-data/rows.ts';
import { openDataset } from '../../../main/dataset/open-dataset.ts';

const file = join(import.meta.dirname, '../../../native-models/demo/sample-data/lucie-sample.parquet');

describe('the sample dataset', () => {
  const rows = makeRows();

  it("is what the generator writes, row for row, in Lucie's columns and order", async () => {
    const { dataset, source } = await openDataset(file);
    expect(dataset).toMatchObject({ isLucieLayout: true, textColumn: 'text', rowCount: rows.length });
    expect(dataset.columns).toEqual(columns.map((name) => ({ name, type: 'VARCHAR' })));
    const spans = columns.map((_, column) => ({ column, start: 0, length: 100_000 }));
    const shipped = await source.read(0, rows.length, spans);
    expect(shipped.map((values) => values.map((value) => value?.text))).toEqual(
      rows.map((row) => columns.map((name) => row[name])),
    );
    await source.close();
  });

  it('is small, and has a few hundred rows in five languages and code', () => {
    expect(statSync(file).size).toBeLessThan(600_000);
    expect(rows.length).toBeGreaterThanOrEqual(300);
    for (const language of ['fr', 'en', 'de', 'es', 'it']) {
      const written = rows.filter((row) => row.language === language && row.text.length > 500);
      expect(new Set(written.map(({ text }) => text)).size).toBeGreaterThanOrEqual(8);
    }
    expect(rows.filter(({ language }) => language.startsWith('code:'))).toHaveLength(8);
    expect(new Set(rows.slice(0, 5).map(({ language }) => language)).size).toBe(5);
  });

  it('cannot be taken for the corpus, and holds JSON where the corpus does', () => {
    for (const row of rows) {
      expect(row.source).toMatch(/^LucieWorkbenchSample-/);
      for (const value of [row.extra, row.quality_signals])
        if (value !== '') expect(JSON.parse(value)).toBeTypeOf('object');
    }
  });

  it('counts what its quality signals say', () => {
    const essay = rows.find(({ id }) => id === 'fr/marche-du-samedi');
    const signals = JSON.parse(essay?.quality_signals ?? '{}') as Record<string, number>;
    expect(signals.character_count).toBe([...(essay?.text ?? '')].length);
    expect(signals.word_count).toBe((essay?.text ?? '').split(/\s+/).length);
    const article = rows.find(({ id }) => id === 'de/warum-der-himmel-blau-ist');
    const spans = JSON.parse(article?.quality_signals ?? '{}') as Record<string, number[][]>;
    expect(spans.character_count).toEqual([[0, article?.text.length, article?.text.length]]);
  });
});
