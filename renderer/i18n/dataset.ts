/** Texts of the Data pane. */
import { phrase } from './phrase.ts';

const rows = { fr: { one: 'ligne', other: 'lignes' }, en: { one: 'row', other: 'rows' } };
const columns = { fr: { one: 'colonne', other: 'colonnes' }, en: { one: 'column', other: 'columns' } };
const characters = { fr: { one: 'caractère', other: 'caractères' }, en: { one: 'character', other: 'characters' } };

export const datasetTexts = {
  subtitle: { fr: 'Lire un corpus, ligne par ligne', en: 'Read a corpus, row by row' },
  openTitle: { fr: 'Ouvrir un jeu de données', en: 'Open a dataset' },
  openText: {
    fr: 'Un fichier de votre machine : parquet, JSON Lines (.jsonl, .ndjson) ou CSV, y compris compressé en .gz. Il est lu sur place ; rien n’est modifié ni envoyé ailleurs.',
    en: 'A file on your machine: parquet, JSON lines (.jsonl, .ndjson) or CSV, also packed as .gz. It is read where it is; nothing is changed or sent anywhere.',
  },
  path: { fr: 'Chemin du fichier', en: 'Path of the file' },
  pathExample: { fr: '/chemin/vers/corpus.parquet', en: '/path/to/corpus.parquet' },
  open: { fr: 'Ouvrir', en: 'Open' },
  chooseFile: { fr: 'Choisir un fichier…', en: 'Choose a file…' },
  orDrop: { fr: 'ou déposez-le n’importe où dans ce volet', en: 'or drop it anywhere in this pane' },
  dropHere: { fr: 'Déposez le fichier pour l’ouvrir', en: 'Drop the file to open it' },
  recent: { fr: 'Exemple et fichiers récents', en: 'Sample and recent files' },
  sample: { fr: 'Échantillon fourni', en: 'Sample, shipped with the workbench' },
  sampleNote: phrase<{ name: string }>({
    fr: ({ name }) => `${name} : textes écrits pour l’application, dans les colonnes du corpus de Lucie`,
    en: ({ name }) => `${name}: texts written for the workbench, in the columns of Lucie’s corpus`,
  }),
  opening: phrase<{ name: string }>({
    fr: ({ name }) => `Ouverture de ${name}…`,
    en: ({ name }) => `Opening ${name}…`,
  }),
  another: { fr: 'Autre fichier', en: 'Another file' },
  facts: phrase<{ rowCount: number; columnCount: number; byteLength: number; format: string }>({
    fr: ({ rowCount, columnCount, byteLength, format: kind }, format) =>
      `${format.count(rowCount, rows.fr)}, ${format.count(columnCount, columns.fr)}, ${kind}, ${format.bytes(byteLength)}`,
    en: ({ rowCount, columnCount, byteLength, format: kind }, format) =>
      `${format.count(rowCount, rows.en)}, ${format.count(columnCount, columns.en)}, ${kind}, ${format.bytes(byteLength)}`,
  }),
  lucieLayout: { fr: 'Colonnes de Lucie', en: 'Lucie’s columns' },
  lucieLayoutNote: {
    fr: 'Les dix colonnes de Lucie-Training-Dataset, toutes en texte',
    en: 'The ten columns of Lucie-Training-Dataset, all text',
  },
  table: { fr: 'Lignes du fichier', en: 'Rows of the file' },
  someColumns: phrase<{ shown: number; total: number }>({
    fr: ({ shown, total }, format) =>
      `${format.number(shown)} colonnes sur ${format.number(total)} ; les autres se lisent à côté du texte.`,
    en: ({ shown, total }, format) =>
      `${format.number(shown)} of ${format.number(total)} columns; the others are read beside the text.`,
  }),
  noRows: { fr: 'Ce fichier n’a aucune ligne.', en: 'This file has no rows.' },
  noColumns: { fr: 'Ce fichier n’a aucune colonne à lire.', en: 'This file has no column to read.' },
  rowNumber: { fr: 'Ligne', en: 'Row' },
  missing: { fr: 'absent', en: 'missing' },
  range: phrase<{ first: number; last: number; total: number }>({
    fr: ({ first, last, total }, format) =>
      `${format.number(first)}–${format.number(last)} sur ${format.number(total)}`,
    en: ({ first, last, total }, format) => `${format.number(first)}–${format.number(last)} of ${format.number(total)}`,
  }),
  firstPage: { fr: 'Première page', en: 'First page' },
  previousPage: { fr: 'Page précédente', en: 'Previous page' },
  nextPage: { fr: 'Page suivante', en: 'Next page' },
  lastPage: { fr: 'Dernière page', en: 'Last page' },
  goToRow: { fr: 'Aller à la ligne', en: 'Go to row' },
  reader: { fr: 'Lecture', en: 'Reader' },
  rowOf: phrase<{ row: number; total: number }>({
    fr: ({ row, total }, format) => `Ligne ${format.number(row)} sur ${format.number(total)}`,
    en: ({ row, total }, format) => `Row ${format.number(row)} of ${format.number(total)}`,
  }),
  previousRow: { fr: 'Ligne précédente (Alt+↑)', en: 'Previous row (Alt+↑)' },
  nextRow: { fr: 'Ligne suivante (Alt+↓)', en: 'Next row (Alt+↓)' },
  columnRead: { fr: 'Colonne lue', en: 'Column shown' },
  copyText: { fr: 'Copier le texte', en: 'Copy the text' },
  copyLoadedText: { fr: 'Copier le texte chargé', en: 'Copy the loaded text' },
  characterCount: phrase<{ count: number }>({
    fr: ({ count }, format) => format.count(count, characters.fr),
    en: ({ count }, format) => format.count(count, characters.en),
  }),
  textOf: phrase<{ column: string; row: number }>({
    fr: ({ column, row }, format) => `Colonne ${column} de la ligne ${format.number(row)}`,
    en: ({ column, row }, format) => `Column ${column} of row ${format.number(row)}`,
  }),
  loadedPart: phrase<{ loaded: number; total: number }>({
    fr: ({ loaded, total }, format) => `${format.number(loaded)} caractères chargés sur ${format.number(total)}`,
    en: ({ loaded, total }, format) => `${format.number(loaded)} of ${format.number(total)} characters loaded`,
  }),
  loadMore: { fr: 'Charger la suite', en: 'Load more' },
  metadata: { fr: 'Autres colonnes', en: 'Other columns' },
  emptyColumns: phrase<{ names: string }>({
    fr: ({ names }) => `Vides : ${names}`,
    en: ({ names }) => `Empty: ${names}`,
  }),
  missingColumns: phrase<{ names: string }>({
    fr: ({ names }) => `Absentes : ${names}`,
    en: ({ names }) => `Missing: ${names}`,
  }),
  truncatedValue: {
    fr: 'Début de la valeur ; lisez cette colonne pour la voir entière.',
    en: 'The start of the value; show this column to read it whole.',
  },
  resize: { fr: 'Largeur du tableau', en: 'Width of the table' },
};
