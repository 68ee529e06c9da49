/** Texts of the comparison of tokenizers. */
import type { SkipReason } from '../../main/contract/comparison.ts';
import { phrase, type Phrase } from './phrase.ts';

export const compareTexts = {
  title: { fr: 'Sur ce texte', en: 'On this text' },
  emptyText: {
    fr: 'Écrivez un texte ci-dessus, ou comptez un fichier ou un dossier plus bas.',
    en: 'Type a text above, or count a file or a folder below.',
  },
  pending: { fr: 'Comptage…', en: 'Counting…' },
  tokenizer: { fr: 'Tokeniseur', en: 'Tokenizer' },
  vocabulary: { fr: 'Vocabulaire', en: 'Vocabulary' },
  tokens: { fr: 'Tokens', en: 'Tokens' },
  difference: { fr: 'Écart au premier', en: 'Against the first' },
  tokensPerWord: { fr: 'Tokens par mot', en: 'Tokens per word' },
  charactersPerToken: { fr: 'Caractères par token', en: 'Characters per token' },
  bytesPerToken: { fr: 'Octets par token', en: 'Bytes per token' },
  loadedModel: { fr: 'Modèle chargé', en: 'Loaded model' },
  offline: {
    fr: 'hub injoignable : copie déjà présente',
    en: 'hub out of reach: the copy already here',
  },
  commit: phrase<{ commit: string }>({
    fr: ({ commit }) => `hub, révision ${commit}`,
    en: ({ commit }) => `hub, revision ${commit}`,
  }),
  remove: phrase<{ name: string }>({
    fr: ({ name }) => `Retirer ${name}`,
    en: ({ name }) => `Remove ${name}`,
  }),
  counts: phrase<{ characters: number; words: number; bytes: number }>({
    fr: ({ characters, words, bytes }, format) =>
      `${format.count(characters, { one: 'caractère', other: 'caractères' })}, ${format.count(words, { one: 'mot', other: 'mots' })}, ${format.count(bytes, { one: 'octet', other: 'octets' })}`,
    en: ({ characters, words, bytes }, format) =>
      `${format.count(characters, { one: 'character', other: 'characters' })}, ${format.count(words, { one: 'word', other: 'words' })}, ${format.count(bytes, { one: 'byte', other: 'bytes' })}`,
  }),
  csv: { fr: 'Enregistrer en CSV', en: 'Save as CSV' },
};

export const addTokenizerTexts = {
  title: { fr: 'Ajouter un tokeniseur', en: 'Add a tokenizer' },
  model: { fr: 'Un modèle de cette machine', en: 'A model of this machine' },
  chooseModel: { fr: 'Un modèle de cette machine…', en: 'A model of this machine…' },
  where: { fr: 'Fichier, dossier ou dépôt du hub', en: 'File, folder or repository of the hub' },
  whereExample: {
    fr: '/chemin/tokenizer.json, un dossier, ou propriétaire/nom',
    en: '/path/tokenizer.json, a folder, or owner/name',
  },
  add: { fr: 'Ajouter', en: 'Add' },
  fetch: { fr: 'Télécharger et ajouter', en: 'Fetch and add' },
  fetchNote: phrase<{ repository: string }>({
    fr: ({ repository }) =>
      `Seuls le tokeniseur de ${repository} et son gabarit de conversation seront demandés au hub, une fois.`,
    en: ({ repository }) => `Only the tokenizer of ${repository} and its chat template are asked of the hub, once.`,
  }),
  chooseFile: { fr: 'Choisir un fichier…', en: 'Choose a file…' },
  adding: phrase<{ name: string }>({ fr: ({ name }) => `Lecture de ${name}…`, en: ({ name }) => `Reading ${name}…` }),
  dismiss: { fr: 'Fermer', en: 'Close' },
  full: { fr: 'Seize tokeniseurs au plus.', en: 'Sixteen tokenizers at most.' },
};

export const cutTexts = {
  title: { fr: 'Coupes alignées', en: 'Aligned cuts' },
  note: {
    fr: 'Une ligne par tokeniseur, les mêmes caractères les uns sous les autres ; un trait marque le début d’un token.',
    en: 'A line for each tokenizer, the same characters below each other; a bar marks where a token begins.',
  },
  partial: phrase<{ characters: number }>({
    fr: ({ characters }, format) =>
      `Les coupes sont montrées pour les ${format.number(characters)} premiers caractères.`,
    en: ({ characters }, format) => `Cuts are shown for the first ${format.number(characters)} characters.`,
  }),
  severalTokens: phrase<{ count: number }>({
    fr: ({ count }, format) => `${format.number(count)} tokens pour ce caractère (octets)`,
    en: ({ count }, format) => `${format.number(count)} tokens for this character (bytes)`,
  }),
};

export const compareFilesTexts = {
  title: { fr: 'Sur un fichier ou un dossier', en: 'On a file or a folder' },
  note: {
    fr: 'Les textes (.txt, .md) d’un dossier et de ses sous-dossiers ; la langue est lue dans les noms : fr.txt, fr-code.txt, fr/…',
    en: 'The texts (.txt, .md) of a folder and the folders in it; the language is read from the names: fr.txt, fr-code.txt, fr/…',
  },
  path: { fr: 'Chemin du fichier ou du dossier', en: 'Path of the file or folder' },
  pathExample: { fr: '/chemin/du/dossier', en: '/path/of/the/folder' },
  count: { fr: 'Compter', en: 'Count' },
  stop: { fr: 'Arrêter', en: 'Stop' },
  progress: phrase<{ done: number; total: number }>({
    fr: ({ done, total }, format) => `${format.bytes(done)} sur ${format.bytes(total)}`,
    en: ({ done, total }, format) => `${format.bytes(done)} of ${format.bytes(total)}`,
  }),
  nothing: phrase<{ path: string }>({
    fr: ({ path }) => `Aucun texte à compter dans ${path}.`,
    en: ({ path }) => `No text to count in ${path}.`,
  }),
  chartTitle: { fr: 'Tokens par mot, par langue', en: 'Tokens per word, by language' },
  fewerIsBetter: { fr: 'moins, c’est mieux', en: 'fewer is better' },
  language: { fr: 'Langue', en: 'Language' },
  unknownLanguage: { fr: 'Langue non dite', en: 'Language not told' },
  allTexts: { fr: 'Ensemble', en: 'All' },
  files: { fr: 'Fichiers', en: 'Files' },
  words: { fr: 'Mots', en: 'Words' },
  reference: { fr: 'Montrer les valeurs publiées', en: 'Show published values' },
  published: { fr: 'publié', en: 'published' },
  publishedLucie: { fr: 'Lucie, publié sur Wikipédia', en: 'Lucie, published on Wikipedia' },
  publishedOthers: { fr: 'six autres, publiés sur Wikipédia', en: 'six others, published on Wikipedia' },
  publishedTitle: {
    fr: 'Valeurs publiées, mesurées sur d’autres textes que le vôtre',
    en: 'Published values, measured on other texts than yours',
  },
  publishedNote: phrase<{ source: string; commit: string }>({
    fr: ({ source, commit }) =>
      `Tokens par mot publiés par les auteurs de Lucie : ${source}, révision ${commit}. Le graphique montre celles de Wikipédia.`,
    en: ({ source, commit }) =>
      `Tokens per word published by the makers of Lucie: ${source}, revision ${commit}. The chart shows those on Wikipedia.`,
  }),
  dataset: { fr: 'Textes', en: 'Texts' },
  mark: phrase<{ tokenizer: string; fertility: number }>({
    fr: ({ tokenizer, fertility }, format) => `${tokenizer}, publié sur Wikipédia : ${format.fixed(fertility, 2)}`,
    en: ({ tokenizer, fertility }, format) => `${tokenizer}, published on Wikipedia: ${format.fixed(fertility, 2)}`,
  }),
  skipped: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'fichier laissé de côté', other: 'fichiers laissés de côté' })}`,
    en: ({ count }, format) => `${format.count(count, { one: 'file left out', other: 'files left out' })}`,
  }),
  pieces: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'fichier long a été lu', other: 'fichiers longs ont été lus' })} par morceaux, coupés en fin de ligne : un token de plus par morceau est possible.`,
    en: ({ count }, format) =>
      `${format.count(count, { one: 'long file was read', other: 'long files were read' })} in pieces that end with a line: a token more for each piece is possible.`,
  }),
  fileList: phrase<{ count: number }>({
    fr: ({ count }, format) => `${format.count(count, { one: 'fichier compté', other: 'fichiers comptés' })}`,
    en: ({ count }, format) => `${format.count(count, { one: 'file counted', other: 'files counted' })}`,
  }),
  firstFiles: phrase<{ count: number }>({
    fr: ({ count }, format) => `Les ${format.number(count)} premiers sont nommés.`,
    en: ({ count }, format) => `The first ${format.number(count)} are named.`,
  }),
};

export const skipReasonTexts: Record<SkipReason, Phrase> = {
  'other-kind': { fr: 'ni .txt ni .md', en: 'neither .txt nor .md' },
  'not-utf8': { fr: 'pas du texte en UTF-8', en: 'not text in UTF-8' },
  unreadable: { fr: 'illisible', en: 'cannot be read' },
  'not-a-file': { fr: 'lien ou fichier spécial', en: 'a link or a special file' },
};
