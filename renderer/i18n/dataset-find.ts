/** Texts of the search in an open dataset, and of sending a row elsewhere. */
import { phrase } from './phrase.ts';

const rows = { fr: { one: 'ligne', other: 'lignes' }, en: { one: 'row', other: 'rows' } };

export const findTexts = {
  find: { fr: 'Chercher dans ce fichier', en: 'Find in this file' },
  placeholder: {
    fr: 'Mots à chercher, sans tenir compte de la casse ni des accents',
    en: 'Words to find, whatever their case and accents',
  },
  columns: { fr: 'Colonnes où chercher', en: 'Columns to search' },
  oneColumn: phrase<{ column: string }>({
    fr: ({ column }) => `dans ${column}`,
    en: ({ column }) => `in ${column}`,
  }),
  everyColumn: { fr: 'dans toutes les colonnes', en: 'in every column' },
  start: { fr: 'Chercher', en: 'Find' },
  previous: { fr: 'Résultat précédent (Maj+Entrée)', en: 'Previous hit (Shift+Enter)' },
  next: { fr: 'Résultat suivant (Entrée)', en: 'Next hit (Enter)' },
  close: { fr: 'Revenir aux lignes', en: 'Back to the rows' },
  hits: { fr: 'Lignes trouvées', en: 'Rows found' },
  place: phrase<{ place: number; of: number }>({
    fr: ({ place, of }, format) => `${format.number(place)} sur ${format.number(of)}`,
    en: ({ place, of }, format) => `${format.number(place)} of ${format.number(of)}`,
  }),
  row: phrase<{ row: number }>({
    fr: ({ row }, format) => `Ligne ${format.number(row)}`,
    en: ({ row }, format) => `Row ${format.number(row)}`,
  }),
  times: phrase<{ count: number }>({
    fr: ({ count }, format) => `${format.number(count)} fois`,
    en: ({ count }, format) => format.count(count, { one: 'time', other: 'times' }),
  }),
  reading: phrase<{ done: number; total: number }>({
    fr: ({ done, total }, format) =>
      `Lecture de tout le fichier : ${format.number(done)} lignes sur ${format.number(total)}`,
    en: ({ done, total }, format) => `Reading the whole file: ${format.number(done)} of ${format.number(total)} rows`,
  }),
  found: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, rows.fr)} trouvée${count > 1 ? 's' : ''} ; tout le fichier est lu.`,
    en: ({ count }, format) => `${format.count(count, rows.en)} found; the whole file was read.`,
  }),
  none: phrase<{ text: string }>({
    fr: ({ text }) => `Aucune ligne ne contient « ${text} » ; tout le fichier est lu.`,
    en: ({ text }) => `No row contains “${text}”; the whole file was read.`,
  }),
  some: phrase<{ count: number; done: number; total: number }>({
    fr: ({ count, done, total }, format) =>
      `${format.count(count, rows.fr)} trouvée${count > 1 ? 's' : ''} dans les ${format.number(done)} premières lignes sur ${format.number(total)}.`,
    en: ({ count, done, total }, format) =>
      `${format.count(count, rows.en)} found in the first ${format.number(done)} of ${format.number(total)} rows.`,
  }),
  goOn: { fr: 'Continuer la recherche', en: 'Go on searching' },
  stop: { fr: 'Arrêter la recherche', en: 'Stop searching' },
  openFirst: phrase<{ text: string }>({
    fr: ({ text }) => `Ouvrez un jeu de données : « ${text} » y sera cherché.`,
    en: ({ text }) => `Open a dataset: “${text}” will be looked for in it.`,
  }),
};

export const sendTexts = {
  toChat: {
    fr: 'Envoyer au chat (le passage choisi, sinon tout le texte chargé)',
    en: 'Send to the chat (what is selected, else all of the loaded text)',
  },
  toTokens: {
    fr: 'Envoyer à Tokens (le passage choisi, sinon tout le texte chargé)',
    en: 'Send to Tokens (what is selected, else all of the loaded text)',
  },
  rowName: phrase<{ dataset: string; row: number; column: string }>({
    fr: ({ dataset, row, column }, format) => `${dataset}, ligne ${format.number(row)}, ${column}`,
    en: ({ dataset, row, column }, format) => `${dataset}, row ${format.number(row)}, ${column}`,
  }),
  added: phrase<{ name: string }>({
    fr: ({ name }) => `Ajouté au brouillon : ${name}`,
    en: ({ name }) => `Added to the draft: ${name}`,
  }),
  replaced: { fr: 'Le texte de Tokens a été remplacé.', en: 'The text of Tokens was replaced.' },
};
