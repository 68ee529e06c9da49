/** The fast encoder against the native library on 200,000 texts made to break it, the same in every run. */
import { describe, expect, it } from 'vitest';
import { oddText } from '../../fixtures/odd-texts.ts';
import { SeededRandom } from '../../fixtures/seeded-random.ts';
import { orderFault, returnFault } from './token-properties.ts';
import { folders, openPair, type ControlTokens } from './tokenizers.ts';

/** Texts in all, shared out evenly. */
const textCount = 200_000;

const batchLength = 500;

describe.each(folders)('the fast encoder on odd texts (%s)', (_, folder) => {
  it('gives the ids of the library, exact spans and exact alterations, also in slices', async () => {
    const { fast, tokenizer, nativeBatch } = await openPair(folder);
    const random = new SeededRandom(7);
    const faults: string[] = [];
    const check = (text: string, controlTokens: ControlTokens, expected: string, isSliced: boolean): void => {
      const encoded = fast.encode(text, { controlTokens });
      const report = (what: string) => faults.push(`${controlTokens} ${JSON.stringify(text)}: ${what}`);
      if (encoded.ids.join(' ') !== expected) report(`${expected} but ${encoded.ids.join(' ')}`);
      const fault = orderFault(text, encoded) ?? returnFault(text, encoded, tokenizer);
      if (fault !== null) report(fault);
      if (!isSliced) return;
      const slices = [...fast.encodeInSlices(text, { controlTokens, sliceUnits: 1 + random.below(6) })];
      for (const column of ['ids', 'starts', 'ends', 'flags'] as const) {
        const joined = slices.flatMap((slice) => Array.from(slice[column])).join(' ');
        if (joined !== encoded[column].join(' ')) report(`${column} in slices: ${joined}`);
      }
      const alterations = slices.flatMap((slice) => slice.alterations);
      const inSlices = returnFault(text, { ...encoded, alterations }, tokenizer);
      if (inSlices !== null) report(`in slices: ${inSlices}`);
    };
    let checked = 0;
    while (checked < textCount / folders.length && faults.length < 5) {
      const controlTokens = random.below(2) === 0 ? 'parse' : 'as-text';
      const texts = Array.from({ length: batchLength }, () => oddText(random, 10));
      const expected = await nativeBatch(texts, controlTokens);
      for (const text of texts) {
        check(text, controlTokens, expected[checked % batchLength]?.getIds().join(' ') ?? '', checked % 4 === 0);
        checked++;
      }
    }
    expect(faults).toEqual([]);
    expect(checked * folders.length).toBeGreaterThanOrEqual(textCount);
  });
});
