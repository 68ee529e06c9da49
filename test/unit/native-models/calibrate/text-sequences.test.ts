import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { calibrationText } from '../../../../build/sample-data/calibration-text.ts';
import {
  defaultTextPath,
  readTexts,
  spread,
  textSequences,
} from '../../../../native-models/calibrate/text-sequences.ts';
import { demoModelFolder } from '../../../../native-models/demo/sequences.ts';

const ids = (length: number) => Array.from({ length }, (_, id) => id);
const total = (sequences: readonly number[][]) => sequences.reduce((sum, sequence) => sum + sequence.length, 0);

describe('spread', () => {
  it('gives each text its share, and what a short one leaves to the others', () => {
    const lengths = (texts: number[], tokenLimit: number) =>
      spread(texts.map(ids), { tokenLimit }).map((s) => s.length);
    expect(lengths([1000, 1000], 400)).toEqual([200, 200]);
    expect(lengths([1000, 50, 1000], 450)).toEqual([200, 50, 200]);
    expect(lengths([10, 20], 400)).toEqual([10, 20]);
    expect(lengths([0, 5], 400)).toEqual([5]);
  });

  it('keeps to both limits, whatever the texts are', () => {
    for (const texts of [[5000], [3, 900, 70_000], Array.from({ length: 3000 }, () => 4)]) {
      const sequences = spread(texts.map(ids));
      expect(total(sequences)).toBeLessThanOrEqual(2048);
      expect(total(sequences)).toBeGreaterThan(1900);
      for (const { length } of sequences) expect(length).toBeLessThanOrEqual(512);
    }
  });

  it('takes a long text from its beginning to its end', () => {
    const sequences = spread([ids(10_000)]);
    expect(sequences.map(([first]) => first)).toEqual([0, 3162, 6325, 9488]);
    expect(sequences.at(-1)?.at(-1)).toBe(9999);
  });
});

describe('the default calibration text', () => {
  it('is what its script makes', async () => {
    expect(await readFile(defaultTextPath, 'utf8')).toBe(calibrationText());
  });

  it('fills the budget with prose, code and the header tokens of a conversation', async () => {
    const sequences = await textSequences(demoModelFolder, await readTexts([defaultTextPath]));
    expect(total(sequences)).toBeGreaterThan(1800);
    const tokenizer = Tokenizer.fromFile(join(demoModelFolder, 'tokenizer.json'));
    const header = tokenizer.tokenToId('<|start_header_id|>') ?? NaN;
    expect(header).toBeGreaterThan(0);
    const conversations = sequences.filter((sequence) => sequence.includes(header));
    expect(conversations.length).toBeGreaterThanOrEqual(2);
    expect(conversations.length).toBeLessThan(sequences.length / 2);
  });
});
