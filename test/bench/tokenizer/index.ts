/**
 * How fast a text is cut into tokens: ours, the native `tokenizers` and `@huggingface/tokenizers`, in turns on the same texts; and what
 * ours takes on texts of 1, 10 and 100 MB. The corpora and Lucie's tokenizer are used where present, else the embedded ones.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from '../../fixtures/shared-path.ts';
import { embedded } from '../../fixtures/workbench.ts';
import { summarise, type Row } from '../measure.ts';
import { contestants, type Contestant } from './contestants.ts';
import { sizeRows } from './sizes.ts';

const rounds = 5;

interface Sample {
  name: string;
  text: string;
}

export async function tokenizerBench(): Promise<Row[]> {
  const folder = sharedFolder === null ? embedded.modelFolder : join(sharedFolder, 'lucie/tokenizer_instruct');
  const samples = sharedFolder === null ? [repeatedProse] : corpora(join(sharedFolder, 'corpora'));
  const runners = contestants(folder);
  const rows: Row[] = [];
  for (const sample of samples) rows.push(...(await compare(runners, sample)));
  return [...rows, ...sizeRows(folder, samples.map(({ text }) => text).join('\n'))];
}

const repeatedProse: Sample = {
  name: 'repeated prose',
  text: 'Quand la mer est haute, « les enfants » courent sur la plage ; l’été, il fait chaud (très chaud). '.repeat(
    2_000,
  ),
};

function corpora(folder: string): Sample[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  const texts = names.filter((name) => name.startsWith('heldout') || name.includes('code-civil')).sort();
  return texts.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

async function compare(runners: readonly Contestant[], { name, text }: Sample): Promise<Row[]> {
  const speeds = runners.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { encode, share, times }] of runners.entries()) {
      if (round > times) continue;
      const part = text.slice(0, Math.ceil(text.length * share));
      const begun = performance.now();
      await encode(part);
      const megabytesPerSecond = Buffer.byteLength(part) / 1e3 / (performance.now() - begun);
      // The first round warms up.
      if (round > 0) speeds[i]?.push(megabytesPerSecond);
    }
  }
  const ours = speeds[0] ?? [];
  return runners.flatMap((runner, i) => {
    const own = speeds[i] ?? [];
    const row = summarise(`${name}: ${runner.name}`, 'MB/s', own);
    if (i === 0) return [row];
    const gains = own.map((speed, round) => (ours[round] ?? Number.NaN) / speed);
    return [row, summarise(`${name}: ours to ${runner.name}`, 'times', gains)];
  });
}
