/**
 * Texts as the token sequences of a calibration run: within a budget that bounds its time, spread evenly over the texts, and cut to
 * a length that bounds its memory. Magnitudes of keys and values settle within a few thousand tokens.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from 'tokenizers';
import { ExportError } from '../export-error.ts';

export interface SequenceLimits {
  /** Of all sequences together: 2,048 unless given. */
  readonly tokenLimit?: number | undefined;
  /** Of one sequence: 512 unless given. */
  readonly sequenceLength?: number | undefined;
}

/** Texts of this project's own in five languages, code, and turns in Lucie's chat format: `build/sample-data/make-calibration-text.ts`. */
export const defaultTextPath = join(import.meta.dirname, 'calibration-text.txt');

/** Stands alone on a line between the texts of a file. */
export const textSeparator = '=====';

/** The texts of the files, read before a long export begins. Throws `ExportError`. */
export async function readTexts(paths: readonly string[]): Promise<string[]> {
  return (await Promise.all(paths.map(readFileTexts))).flat();
}

/** `modelFolder` holds tokenizer.json. Throws `request.invalid` where it is no tokenizer. */
export async function textSequences(
  modelFolder: string,
  texts: readonly string[],
  limits: SequenceLimits = {},
): Promise<number[][]> {
  if (texts.length === 0) return [];
  const tokenizer = openTokenizer(join(modelFolder, 'tokenizer.json'));
  const encoded: number[][] = [];
  for (const text of texts) encoded.push((await tokenizer.encode(text)).getIds());
  return spread(encoded, limits);
}

/** What a short text leaves of its share goes to the longer ones. */
export function spread(texts: readonly (readonly number[])[], limits: SequenceLimits = {}): number[][] {
  const { tokenLimit = 2048, sequenceLength = 512 } = limits;
  let left = tokenLimit;
  const shares = new Map<readonly number[], number>();
  for (const [index, ids] of texts.toSorted((a, b) => a.length - b.length).entries()) {
    const share = Math.min(ids.length, Math.floor(left / (texts.length - index)));
    shares.set(ids, share);
    left -= share;
  }
  return texts.flatMap((ids) => pieces(ids, shares.get(ids) ?? 0, sequenceLength));
}

/** `share` tokens in pieces of one length, from the beginning to the end of the text. */
function pieces(ids: readonly number[], share: number, sequenceLength: number): number[][] {
  const count = Math.ceil(share / sequenceLength);
  if (count === 0) return [];
  const length = Math.floor(share / count);
  const step = count === 1 ? 0 : (ids.length - length) / (count - 1);
  return Array.from({ length: count }, (_, index) => {
    const begin = Math.floor(index * step);
    return ids.slice(begin, begin + length);
  });
}

function openTokenizer(path: string): Tokenizer {
  try {
    return Tokenizer.fromFile(path);
  } catch (cause) {
    throw new ExportError('request.invalid', 'tokenizer.json cannot be read, so there is nothing to calibrate with.', {
      action: 'Use the tokenizer.json that was published with the weights, or export without calibration.',
      cause,
    });
  }
}

async function readFileTexts(path: string): Promise<string[]> {
  let content: string;
  try {
    content = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ExportError('request.invalid', `The calibration text ${path} cannot be read.`, {
      action: 'Name a text file (UTF-8).',
      cause,
    });
  }
  const texts = content.split(`\n${textSeparator}\n`).filter((text) => text.trim() !== '');
  if (texts.length > 0) return texts;
  throw new ExportError('request.invalid', `The calibration text ${path} is empty.`, {
    action: 'Name a text like those that the model will see.',
  });
}
