/** Encoding speed with spans, on the sample texts that are shipped; with the corpora and Lucie's tokenizer where present. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer, tokenizeWithSpans } from '../../main/tokenizer/index.ts';
import { sharedFolder } from '../fixtures/shared-path.ts';
import { embedded } from '../fixtures/workbench.ts';
import { summarise, timed, type Row } from './measure.ts';

const rounds = 5;

export async function tokenizerBench(): Promise<Row[]> {
  const prose =
    'Quand la mer est haute, « les enfants » courent sur la plage ; l’été, il fait chaud (très chaud). '.repeat(2_000);
  const rows = await measure('demo tokenizer, repeated prose', embedded.modelFolder, prose);
  if (sharedFolder === null) return rows;
  const novel = readFileSync(join(sharedFolder, 'corpora/heldout/fr/FRA01302_Flaubert.txt'), 'utf8');
  return [
    ...rows,
    ...(await measure('Lucie tokenizer, Madame Bovary', join(sharedFolder, 'lucie/tokenizer_instruct'), novel)),
  ];
}

async function measure(name: string, folder: string, text: string): Promise<Row[]> {
  const tokenizer = await Tokenizer.load(folder);
  const megabytes = Buffer.byteLength(text) / 1e6;
  const times = await timed(rounds, () => tokenizeWithSpans(tokenizer, text));
  return [
    summarise(
      `${name}: ids and spans`,
      'MB/s',
      times.map((time) => (megabytes * 1_000) / time),
    ),
  ];
}
