/** The reference points that come with the workbench against the table that they were taken from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { publishedFertility } from '../../../main/contract/published-fertility.ts';
import { describeWithShared } from '../../fixtures/shared-folder.ts';

describeWithShared('published fertilities', (shared) => {
  const [header = '', ...lines] = readFileSync(join(shared, 'lucie/derived/fertility_by_dataset.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  // The release is the version 2.10 of the tokenizer.
  const names = header.split(',').map((name) => (name === 'Lucie2.10' ? 'Lucie' : name));

  it.each(publishedFertility.datasets)('$dataset, $language', ({ language, dataset, fertility }) => {
    const row = lines.map((line) => line.split(',')).find(([, name]) => name === `${dataset}.${language}`) ?? [];
    const published = publishedFertility.tokenizers.map((name) => Number(row[names.indexOf(name)]));
    expect(fertility).toEqual(published);
  });
});
