/**
 * What an int8 KV cache is calibrated on where nobody gives a text: texts of the sample in five languages, code, and turns in
 * Lucie's chat format, so that its header tokens are seen. The beginning-of-sequence token comes from the tokenizer.
 */
import { textSeparator } from '../../native-models/calibrate/text-sequences.ts';
import { makeDialogues, type Dialogue } from './dialogues.ts';
import { readCode, readWrittenTexts } from './texts.ts';

const chosen = [
  'fr/pourquoi-la-mer-est-salee',
  'fr/le-guichet',
  'en/how-a-canal-lock-works',
  'en/letter-to-the-landlord',
  'de/kartoffelsuppe',
  'es/dialogo-en-la-farmacia',
  'it/verbale-del-comitato',
];
const chosenCode = ['moving-average.py', 'interval-set.ts'];
const dialogueCount = 10;
const seed = 20261124;

/** The content of `native-models/calibrate/calibration-text.txt`. */
export function calibrationText(): string {
  const written = new Map(readWrittenTexts().map(({ language, slug, text }) => [`${language}/${slug}`, text]));
  const code = new Map(readCode().map(({ file, text }) => [file, text.trimEnd()]));
  const prose = chosen.map((name) => present(written, name));
  const programs = chosenCode.map((name) => present(code, name));
  const dialogues = makeDialogues(dialogueCount, seed).map(chat);
  const conversations = [dialogues.slice(0, dialogueCount / 2), dialogues.slice(dialogueCount / 2)];
  const texts = [...prose, ...programs, ...conversations.map((some) => some.join(''))];
  return `${texts.join(`\n${textSeparator}\n`)}\n`;
}

function present(texts: ReadonlyMap<string, string>, name: string): string {
  const text = texts.get(name);
  if (text === undefined) throw new Error(`There is no text ${name}.`);
  return text;
}

function chat({ turns }: Dialogue): string {
  const message = (role: string, content: string) =>
    `<|start_header_id|>${role}<|end_header_id|>\n\n${content.trim()}<|eot_id|>`;
  return turns.map(([question, answer]) => message('user', question) + message('assistant', answer)).join('');
}
