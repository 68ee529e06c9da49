/**
 * Encodes the corpora and the conversations with the demo tokenizer into flat uint16 files, which is what train.py reads.
 *
 * usage: node encode.ts MODEL_FOLDER DATA_FOLDER CORPORA_FOLDER
 * CORPORA_FOLDER holds `train/<language>/*.txt` and `heldout/<language>/*.txt`; DATA_FOLDER holds dialogues.jsonl and
 * dialogues_valid.jsonl and receives prose.u16, valid.u16, dialogues.u16 and dialogues_valid.u16.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from 'tokenizers';

const beginOfText = 0;
const endOfText = 1;
/** Prose is cut between paragraphs into documents of about this many characters. */
const documentCharacters = 3000;

const [modelFolder, dataFolder, corporaFolder] = process.argv.slice(2);
if (modelFolder === undefined || dataFolder === undefined || corporaFolder === undefined) {
  process.stderr.write('usage: node encode.ts MODEL_FOLDER DATA_FOLDER CORPORA_FOLDER\n');
  process.exit(1);
}
const tokenizer = Tokenizer.fromFile(join(modelFolder, 'tokenizer.json'));

async function encode(texts: string[]): Promise<number[][]> {
  return (await tokenizer.encodeBatch(texts, { addSpecialTokens: false })).map((encoding) => encoding.getIds());
}

function documents(text: string): string[] {
  const cut: string[] = [];
  let document = '';
  for (const paragraph of text.split('\n\n')) {
    document += (document === '' ? '' : '\n\n') + paragraph;
    if (document.length > documentCharacters) {
      cut.push(document);
      document = '';
    }
  }
  return [...cut, document];
}

async function encodeProse(folder: string): Promise<number[]> {
  const ids: number[] = [];
  for (const language of readdirSync(folder)) {
    for (const file of readdirSync(join(folder, language))) {
      const text = readFileSync(join(folder, language, file), 'utf8');
      for (const document of await encode(documents(text))) ids.push(beginOfText, ...document, endOfText);
    }
  }
  return ids;
}

interface Message {
  role: string;
  content: string;
}

/** Lucie's chat template, written out. */
function render(messages: readonly Message[]): string {
  const parts = messages.map(
    ({ role, content }) => `<|start_header_id|>${role}<|end_header_id|>\n\n${content.trim()}<|eot_id|>`,
  );
  return `<s>${parts.join('')}`;
}

async function encodeDialogues(file: string): Promise<number[]> {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const rendered = lines.map((line) => render(JSON.parse(line) as Message[]));
  const ids: number[] = [];
  for (let i = 0; i < rendered.length; i += 1000) {
    for (const conversation of await encode(rendered.slice(i, i + 1000))) ids.push(...conversation);
  }
  return ids;
}

const streams = {
  prose: await encodeProse(join(corporaFolder, 'train')),
  valid: await encodeProse(join(corporaFolder, 'heldout')),
  dialogues: await encodeDialogues(join(dataFolder, 'dialogues.jsonl')),
  dialogues_valid: await encodeDialogues(join(dataFolder, 'dialogues_valid.jsonl')),
};
for (const [name, ids] of Object.entries(streams)) {
  writeFileSync(join(dataFolder, `${name}.u16`), Uint16Array.from(ids));
  process.stdout.write(`${name} ${ids.length}\n`);
}
