/**
 * Text files as the token sequences of a calibration run: cut to a length that bounds the memory of the run, and to a number that
 * bounds its time. Magnitudes of keys and values settle within a few thousand tokens.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from 'tokenizers';
import { ExportError } from '../export-error.ts';

const sequenceLength = 512;
const sequenceLimit = 32;

/** The texts of the files, read before a long export begins. Throws `ExportError`. */
export function readTexts(paths: readonly string[]): Promise<string[]> {
  return Promise.all(paths.map(readText));
}

/** Sequences of at most 512 ids, the same number from each text, 32 at most; `modelFolder` holds tokenizer.json. */
export async function textSequences(modelFolder: string, texts: readonly string[]): Promise<number[][]> {
  if (texts.length === 0) return [];
  const tokenizer = Tokenizer.fromFile(join(modelFolder, 'tokenizer.json'));
  const perText = Math.max(1, Math.floor(sequenceLimit / texts.length));
  const sequences: number[][] = [];
  for (const text of texts.slice(0, sequenceLimit)) {
    const ids = (await tokenizer.encode(text)).getIds().slice(0, perText * sequenceLength);
    for (let start = 0; start < ids.length; start += sequenceLength) {
      sequences.push(ids.slice(start, start + sequenceLength));
    }
  }
  return sequences;
}

async function readText(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.trim() !== '') return text;
  } catch (cause) {
    throw new ExportError('request.invalid', `The calibration text ${path} cannot be read.`, {
      action: 'Name a text file (UTF-8).',
      cause,
    });
  }
  throw new ExportError('request.invalid', `The calibration text ${path} is empty.`, {
    action: 'Name a text like those that the model will see.',
  });
}
