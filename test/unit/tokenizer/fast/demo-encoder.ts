/** The embedded demo model's tokenizer, which is of Lucie's family. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FastEncoder } from '../../../../main/tokenizer/index.ts';
import { demoFolder } from '../demo-folder.ts';

export type TokenizerJson = Record<string, unknown>;

export function demoJson(): TokenizerJson {
  return JSON.parse(readFileSync(join(demoFolder, 'tokenizer.json'), 'utf8')) as TokenizerJson;
}

export function demoEncoder(): FastEncoder {
  const encoder = FastEncoder.from(demoJson());
  if (encoder === null) throw new Error('the demo tokenizer is of the family');
  return encoder;
}
