/**
 * The rows of the sample dataset in the columns of Lucie-Training-Dataset: all strings, `""` where a value is missing, JSON
 * within `extra` and `quality_signals` (and sometimes `id` and `author`), shaped differently from source to source as in
 * the corpus. Every source is named `LucieWorkbenchSample-…`, so that no row can be taken for one of the corpus.
 */
import { createHash } from 'node:crypto';
import { languages, makeDialogues } from './dialogues.ts';
import { codeSignals, spannedSignals, textSignals } from './quality-signals.ts';
import { readAligned, readCode, readNotes, readWrittenTexts, type WrittenText } from './texts.ts';

export const columns = [
  'source',
  'id',
  'language',
  'date',
  'author',
  'url',
  'title',
  'extra',
  'quality_signals',
  'text',
] as const;
export type Row = Record<(typeof columns)[number], string>;

const dialogueCount = 225;
const dialogueSeed = 7;
const contributors = 'Lucie Workbench contributors';
const licence = 'CC0-1.0';

const codeLanguages: Record<string, string> = {
  c: 'c',
  html: 'html',
  py: 'python',
  rs: 'rust',
  sh: 'shell',
  sql: 'sql',
  tex: 'tex',
  ts: 'typescript',
};

export function makeRows(): Row[] {
  return [...writtenRows(), ...noteRows(), ...codeRows(), ...alignedRows(), ...dialogueRows()];
}

function row(source: string, values: Partial<Row> & { text: string }): Row {
  const empty = Object.fromEntries(columns.map((name) => [name, ''])) as Row;
  return { ...empty, source: `LucieWorkbenchSample-${source}`, ...values };
}

/** The first text of each language, then the second of each, so that the first page shows them all. */
function writtenRows(): Row[] {
  const texts = readWrittenTexts();
  const places = new Map(
    texts.map((text) => [text, texts.filter(({ language }) => language === text.language).indexOf(text)]),
  );
  return texts.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)).map(writtenRow);
}

function writtenRow({ language, slug, kind, title, date, text }: WrittenText): Row {
  const isWebLike = kind === 'articles' || kind === 'guides';
  return row(kind, {
    id: `${language}/${slug}`,
    language,
    date,
    author: kind === 'stories' ? JSON.stringify({ author: contributors, authoryearofbirth: null }) : contributors,
    title,
    extra: JSON.stringify({ kind, licence }),
    quality_signals: JSON.stringify(isWebLike ? spannedSignals(text) : textSignals(text)),
    text,
  });
}

function noteRows(): Row[] {
  return readNotes().map(({ language, text }, index) => {
    const { character_count, word_count } = textSignals(text);
    const quality_signals = JSON.stringify({ character_count, word_count });
    return row('notes', { id: JSON.stringify({ idx_row: index }), language, quality_signals, text });
  });
}

function codeRows(): Row[] {
  return readCode().map(({ file, text }) => {
    const extension = file.slice(file.lastIndexOf('.') + 1);
    const size = Buffer.byteLength(text);
    return row('code', {
      id: createHash('sha1').update(text).digest('hex'),
      language: `code:${codeLanguages[extension] ?? extension}`,
      extra: JSON.stringify({ size, ext: extension, path: file, licence }),
      quality_signals: JSON.stringify(codeSignals(text)),
      text,
    });
  });
}

/** Each sentence paired with French: fr-en, fr-de, fr-es, fr-it in turn, both orders. */
function alignedRows(): Row[] {
  return readAligned().flatMap((sentences, index) =>
    languages.slice(1, 3 + (index % 3)).map((other, place) => {
      const pair = place % 2 === 0 ? (['fr', other] as const) : ([other, 'fr'] as const);
      const [first, second] = pair.map((language) => sentences[languages.indexOf(language)] ?? '');
      return row('aligned', {
        id: JSON.stringify({ id: `${index}-${pair.join('-')}`, dataset_id: 'sample' }),
        language: pair.join(','),
        extra: JSON.stringify({
          text_1: first,
          text_2: second,
          lan_1: pair[0],
          lan_2: pair[1],
          subset: pair.join('-'),
        }),
        text: `${first}\n${second}`,
      });
    }),
  );
}

function dialogueRows(): Row[] {
  return makeDialogues(dialogueCount, dialogueSeed).map(({ language, topics, turns }, index) => {
    const text = turns
      .flatMap(([question, answer]) => [`[speaker001:] ${question}`, `[speaker002:] ${answer}`])
      .join('\n');
    const { character_count, word_count } = textSignals(text);
    return row('dialogues', {
      id: JSON.stringify({ idx_row: index }),
      language,
      extra: JSON.stringify({ subset: topics[0], topics, generated: true, seed: dialogueSeed }),
      quality_signals: JSON.stringify({ character_count, word_count }),
      text,
    });
  });
}
