/** Tokens per word of Lucie's tokenizer on the corpora, against a measurement with Python's `tokenizers` and `str.split`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ComparedFile } from '../../../main/contract/comparison.ts';
import { compareFiles, OpenTokenizers } from '../../../main/tokenizer/index.ts';
import { describeWithShared } from '../../fixtures/shared-folder.ts';

interface Measured {
  characters: number;
  words: number;
  tokens: number;
}

function measured(shared: string): Map<string, Measured> {
  const lines = readFileSync(join(shared, 'lucie/derived/corpora_fertility_lucie_tokenizer.csv'), 'utf8').trim();
  return new Map(
    lines
      .split('\n')
      .slice(1)
      .map((line) => {
        const [file = '', characters, words, tokens] = line.split(',');
        return [file, { characters: Number(characters), words: Number(words), tokens: Number(tokens) }];
      }),
  );
}

describeWithShared('fertility of Lucie on the corpora', (shared) => {
  const expected = measured(shared);
  const tokenizers = new OpenTokenizers();
  const tokenizer = join(shared, 'lucie/tokenizer_pretrained/tokenizer.json');

  it.each(['udhr', 'legal', 'heldout'])('%s: characters, words and tokens as measured elsewhere', async (folder) => {
    const files: ComparedFile[] = [];
    const events = compareFiles((path) => tokenizers.get(path), [tokenizer], [join(shared, 'corpora', folder)]);
    for await (const event of events) if (event.type === 'file') files.push(event.file);
    expect(files.length).toBe([...expected.keys()].filter((name) => name.startsWith(`${folder}/`)).length);
    for (const { path, language, counts, tokens } of files) {
      const { characters, words, tokens: tokenCount } = expected.get(`${folder}/${path}`) as Measured;
      expect([path, counts.characterCount, counts.wordCount, tokens[0]]).toEqual([path, characters, words, tokenCount]);
      expect(['fr', 'en', 'de', 'es', 'it']).toContain(language);
    }
  });

  // The values that the published description of the tokenizer is held to, rounded as there.
  it.each([
    ['legal/fr-code-civil-2026-04-03.txt', 1.482],
    ['heldout/fr/FRA01302_Flaubert.txt', 1.555],
    ['legal/de-bgb-2022-03-first-part.txt', 1.977],
    ['udhr/fr.txt', 1.314],
    ['udhr/de.txt', 1.695],
  ])('%s: %d tokens per word', async (file, fertility) => {
    for await (const event of compareFiles(
      (path) => tokenizers.get(path),
      [tokenizer],
      [join(shared, 'corpora', file)],
    ))
      if (event.type === 'end')
        expect((event.total.tokens[0] ?? 0) / event.total.counts.wordCount).toBeCloseTo(fertility, 3);
  });
});
