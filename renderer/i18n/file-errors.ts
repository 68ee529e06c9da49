/**
 * What is wrong with a user's file, told by `details.reason` and `details.found` of the dataset service where they are
 * there. A reason that is not known here gives the general sentence.
 */
import type { ErrorDetails } from '../../main/contract/errors.ts';
import { phrase, type Phrase, type PhraseWith } from './phrase.ts';

type Wording = PhraseWith<ErrorDetails>;

const contents: Record<string, Phrase> = {
  empty: { fr: 'un fichier vide', en: 'an empty file' },
  png: { fr: 'une image PNG', en: 'a PNG image' },
  jpeg: { fr: 'une image JPEG', en: 'a JPEG image' },
  gif: { fr: 'une image GIF', en: 'a GIF image' },
  pdf: { fr: 'un document PDF', en: 'a PDF document' },
  zip: { fr: 'une archive ZIP ou un document bureautique', en: 'a ZIP archive or an office document' },
  executable: { fr: 'un programme', en: 'a program' },
  sqlite: { fr: 'une base SQLite', en: 'a SQLite database' },
  duckdb: { fr: 'une base DuckDB', en: 'a DuckDB database' },
  arrow: { fr: 'un fichier Arrow', en: 'an Arrow file' },
  orc: { fr: 'un fichier ORC', en: 'an ORC file' },
  avro: { fr: 'un fichier Avro', en: 'an Avro file' },
  'encrypted-parquet': { fr: 'un fichier parquet chiffré', en: 'an encrypted parquet file' },
  zstd: { fr: 'une archive zstd', en: 'a zstd archive' },
  bzip2: { fr: 'une archive bzip2', en: 'a bzip2 archive' },
  xz: { fr: 'une archive xz', en: 'an xz archive' },
  '7z': { fr: 'une archive 7z', en: 'a 7z archive' },
  'utf16-text': { fr: 'du texte en UTF-16', en: 'text in UTF-16' },
  'json-array': { fr: 'un tableau JSON d’un seul tenant', en: 'one JSON array' },
  'json-document': { fr: 'un document JSON sur plusieurs lignes', en: 'one JSON document over several lines' },
  text: { fr: 'du texte ordinaire', en: 'plain text' },
  binary: { fr: 'des données binaires', en: 'binary data' },
};

const contentActions: Record<string, Phrase> = {
  'json-array': {
    fr: "Convertissez-le en un objet par ligne : jq -c '.[]' fichier.json > fichier.jsonl",
    en: "Convert it to one object a line: jq -c '.[]' file.json > file.jsonl",
  },
  'json-document': {
    fr: 'Convertissez-le en un objet par ligne (JSON Lines).',
    en: 'Convert it to one object a line (JSON lines).',
  },
  'utf16-text': { fr: 'Convertissez-le en UTF-8.', en: 'Convert it to UTF-8.' },
  zip: { fr: 'Décompressez-le, puis ouvrez le fichier qu’il contient.', en: 'Unpack it, then open the file inside.' },
  zstd: {
    fr: 'Décompressez-le d’abord ; seul .gz est lu directement.',
    en: 'Unpack it first; only .gz is read directly.',
  },
  bzip2: {
    fr: 'Décompressez-le d’abord ; seul .gz est lu directement.',
    en: 'Unpack it first; only .gz is read directly.',
  },
  xz: {
    fr: 'Décompressez-le d’abord ; seul .gz est lu directement.',
    en: 'Unpack it first; only .gz is read directly.',
  },
  text: {
    fr: 'S’il contient un objet JSON par ligne ou des valeurs séparées par des virgules, renommez-le en .jsonl ou .csv.',
    en: 'If it holds one JSON object a line or comma-separated values, rename it to .jsonl or .csv.',
  },
};

interface Reason {
  message: Wording;
  action: Phrase;
}

const getAgain = {
  fr: 'La copie semble incomplète : reprenez le fichier à sa source.',
  en: 'The copy seems incomplete: get the file again.',
};

const corruptions: Record<string, Reason> = {
  'parquet-magic': {
    message: phrase({
      fr: ({ name, start }) => `${name} n’est pas un fichier parquet : il commence par ${start} au lieu de "PAR1".`,
      en: ({ name, start }) => `${name} is not parquet: it starts with ${start} instead of "PAR1".`,
    }),
    action: {
      fr: 'Vérifiez que ce fichier est bien du parquet, ou renommez-le selon son contenu.',
      en: 'Check that the file really is parquet, or rename it after its content.',
    },
  },
  'parquet-truncated': {
    message: phrase({
      fr: ({ name }) => `${name} est un fichier parquet sans fin : son pied de page manque.`,
      en: ({ name }) => `${name} is a parquet file without an end: its footer is missing.`,
    }),
    action: getAgain,
  },
  'parquet-invalid': {
    message: phrase({
      fr: ({ name }) => `${name} : ce fichier parquet ne peut pas être lu.`,
      en: ({ name }) => `${name}: this parquet file cannot be read.`,
    }),
    action: {
      fr: 'Il est peut-être abîmé : reprenez-le à sa source.',
      en: 'It may be damaged: get it again from where it came.',
    },
  },
  'json-invalid': {
    message: phrase({
      fr: ({ name, line }, format) => `${name} : la ligne ${format.number(Number(line))} n’est pas du JSON.`,
      en: ({ name, line }, format) => `${name}: line ${format.number(Number(line))} is not JSON.`,
    }),
    action: {
      fr: 'Corrigez ou supprimez cette ligne ; chaque ligne doit être un objet JSON.',
      en: 'Correct or delete that line; every line must hold one JSON object.',
    },
  },
  'json-not-object': {
    message: phrase({
      fr: ({ name, line }, format) => `${name} : la ligne ${format.number(Number(line))} n’est pas un objet JSON.`,
      en: ({ name, line }, format) => `${name}: line ${format.number(Number(line))} is not a JSON object.`,
    }),
    action: {
      fr: 'Chaque ligne doit être un objet, par exemple {"text": "…"}.',
      en: 'Every line must hold one object, for example {"text": "…"}.',
    },
  },
  'not-utf8': {
    message: phrase({
      fr: ({ name, line }, format) => `${name} : la ligne ${format.number(Number(line))} n’est pas du texte UTF-8.`,
      en: ({ name, line }, format) => `${name}: line ${format.number(Number(line))} is not UTF-8 text.`,
    }),
    action: {
      fr: 'Convertissez le fichier en UTF-8 : iconv -f latin1 -t utf-8',
      en: 'Convert the file to UTF-8: iconv -f latin1 -t utf-8',
    },
  },
  'gzip-invalid': {
    message: phrase({
      fr: ({ name }) => `${name} : l’archive gzip est abîmée ou incomplète.`,
      en: ({ name }) => `${name}: the gzip archive is damaged or incomplete.`,
    }),
    action: getAgain,
  },
  'csv-open-quote': {
    message: phrase({
      fr: ({ name, line }, format) =>
        `${name} : la ligne ${format.number(Number(line))} ouvre un guillemet qui n’est jamais fermé.`,
      en: ({ name, line }, format) =>
        `${name}: line ${format.number(Number(line))} opens a quote that is never closed.`,
    }),
    action: {
      fr: 'Fermez le champ, ou doublez les guillemets à l’intérieur.',
      en: 'Close the field, or double the quotes inside it.',
    },
  },
  'csv-too-many-fields': {
    message: phrase({
      fr: ({ name, line, found, expected }, format) =>
        `${name} : la ligne ${format.number(Number(line))} a ${found} champs, la première en nomme ${expected}.`,
      en: ({ name, line, found, expected }, format) =>
        `${name}: line ${format.number(Number(line))} has ${found} fields where the first one names ${expected}.`,
    }),
    action: {
      fr: 'Mettez entre guillemets le champ qui contient le séparateur.',
      en: 'Put the field that contains the separator between double quotes.',
    },
  },
  changed: {
    message: phrase({
      fr: ({ name }) => `${name} a été modifié depuis son ouverture.`,
      en: ({ name }) => `${name} was changed after it was opened.`,
    }),
    action: { fr: 'Rouvrez-le pour le lire tel qu’il est maintenant.', en: 'Open it again to read it as it is now.' },
  },
  gone: {
    message: phrase({
      fr: ({ name }) => `${name} a été déplacé ou supprimé depuis son ouverture.`,
      en: ({ name }) => `${name} was moved or deleted after it was opened.`,
    }),
    action: { fr: 'Remettez-le en place, ou ouvrez un autre fichier.', en: 'Put it back, or open another file.' },
  },
};

const unreadable: Record<string, Reason> = {
  directory: {
    message: phrase({ fr: ({ path }) => `${path} est un dossier.`, en: ({ path }) => `${path} is a folder.` }),
    action: { fr: 'Choisissez un fichier .parquet, .jsonl ou .csv.', en: 'Choose a .parquet, .jsonl or .csv file.' },
  },
  'not-a-file': {
    message: phrase({
      fr: ({ path }) => `${path} n’est pas un fichier ordinaire.`,
      en: ({ path }) => `${path} is not an ordinary file.`,
    }),
    action: { fr: 'Choisissez un fichier .parquet, .jsonl ou .csv.', en: 'Choose a .parquet, .jsonl or .csv file.' },
  },
  'no-space': {
    message: phrase({
      fr: ({ name }) => `Il n’y a plus assez de place pour décompresser ${name}.`,
      en: ({ name }) => `There is not enough space left to unpack ${name}.`,
    }),
    action: {
      fr: 'Libérez de la place, ou décompressez le fichier vous-même.',
      en: 'Free some space, or unpack the file yourself.',
    },
  },
};

const byReason = { FILE_CORRUPT: corruptions, FILE_UNREADABLE: unreadable };

function reasonOf(code: keyof typeof byReason, details: ErrorDetails): Reason | undefined {
  return byReason[code][String(details.reason)];
}

/** The sentence for the reason, else `general`. */
export function withReason(code: keyof typeof byReason, general: { message: Wording; action: Phrase }) {
  return {
    message: phrase<ErrorDetails>({
      fr: (details, format) => (reasonOf(code, details)?.message ?? general.message).fr(details, format),
      en: (details, format) => (reasonOf(code, details)?.message ?? general.message).en(details, format),
    }),
    action: phrase<ErrorDetails>({
      fr: (details) => (reasonOf(code, details)?.action ?? general.action).fr,
      en: (details) => (reasonOf(code, details)?.action ?? general.action).en,
    }),
  };
}

/** Names what was found instead of a dataset, else gives `general`. */
export function withContent(general: { message: Wording; action: Phrase }) {
  return {
    message: phrase<ErrorDetails>({
      fr: (details, format) => {
        const found = contents[String(details.found)];
        return found === undefined
          ? general.message.fr(details, format)
          : `${details.name} est ${found.fr}, pas un jeu de données.`;
      },
      en: (details, format) => {
        const found = contents[String(details.found)];
        return found === undefined
          ? general.message.en(details, format)
          : `${details.name} is ${found.en}, not a dataset.`;
      },
    }),
    action: phrase<ErrorDetails>({
      fr: (details) => (contentActions[String(details.found)] ?? general.action).fr,
      en: (details) => (contentActions[String(details.found)] ?? general.action).en,
    }),
  };
}

export const lineTooLongMessage: Wording = phrase({
  fr: ({ name, line, byteLength, limitBytes }, format) =>
    name === undefined
      ? 'Une ligne du fichier dépasse la longueur que le lecteur accepte.'
      : `${name} : la ligne ${format.number(Number(line))} fait ${format.bytes(Number(byteLength))} ; la limite est de ${format.bytes(Number(limitBytes))}.`,
  en: ({ name, line, byteLength, limitBytes }, format) =>
    name === undefined
      ? 'A line of the file is longer than the reader accepts.'
      : `${name}: line ${format.number(Number(line))} has ${format.bytes(Number(byteLength))}; the limit is ${format.bytes(Number(limitBytes))}.`,
});
