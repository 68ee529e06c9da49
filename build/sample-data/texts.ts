/** Reads the texts that were written for the sample: one file a text with a small header, one file of notes a language. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languages, type Language } from './dialogues.ts';

const folder = join(import.meta.dirname, 'texts');

export interface WrittenText {
  language: Language;
  slug: string;
  /** `essays`, `recipes`, `stories` …: the last part of the source's name. */
  kind: string;
  title: string;
  date: string;
  text: string;
}

export function readWrittenTexts(): WrittenText[] {
  return languages.flatMap((language) =>
    readdirSync(join(folder, language))
      .filter((file) => file !== 'notes.txt')
      .sort()
      .map((file) => parse(language, file, read(language, file))),
  );
}

/** Paragraphs of a few lines, each a row of its own. */
export function readNotes(): { language: Language; text: string }[] {
  return languages.flatMap((language) =>
    read(language, 'notes.txt')
      .trim()
      .split(/\n{2,}/)
      .map((text) => ({ language, text })),
  );
}

export function readCode(): { file: string; text: string }[] {
  return readdirSync(join(folder, 'code'))
    .sort()
    .map((file) => ({ file: file.replace(/\.txt$/, ''), text: read('code', file) }));
}

/** One sentence in the five languages, in the order of `languages`. */
export function readAligned(): string[][] {
  return JSON.parse(readFileSync(join(folder, 'aligned.json'), 'utf8')) as string[][];
}

function read(...path: string[]): string {
  return readFileSync(join(folder, ...path), 'utf8');
}

function parse(language: Language, file: string, content: string): WrittenText {
  const match = /^title: (?<title>.+)\nkind: (?<kind>\w+)\ndate: (?<date>\S+)\n---\n(?<text>[\s\S]+)$/.exec(content);
  const { title, kind, date, text } = match?.groups ?? {};
  if (title === undefined || kind === undefined || date === undefined || text === undefined) {
    throw new Error(`${language}/${file} does not begin with title, kind, date and ---.`);
  }
  return { language, slug: file.replace(/\.txt$/, ''), kind, title, date, text: text.trimEnd() };
}
