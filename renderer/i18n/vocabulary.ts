/** Texts of the vocabulary browser. */
import type { TokenReachability, TokenScript } from '../../main/contract/vocabulary.ts';
import { phrase, type Phrase } from './phrase.ts';

export const scriptNames: Record<TokenScript, Phrase> = {
  Latin: { fr: 'latine', en: 'Latin' },
  Greek: { fr: 'grecque', en: 'Greek' },
  Cyrillic: { fr: 'cyrillique', en: 'Cyrillic' },
  Armenian: { fr: 'arménienne', en: 'Armenian' },
  Georgian: { fr: 'géorgienne', en: 'Georgian' },
  Hebrew: { fr: 'hébraïque', en: 'Hebrew' },
  Arabic: { fr: 'arabe', en: 'Arabic' },
  Devanagari: { fr: 'devanagari', en: 'Devanagari' },
  Bengali: { fr: 'bengali', en: 'Bengali' },
  Tamil: { fr: 'tamoule', en: 'Tamil' },
  Thai: { fr: 'thaï', en: 'Thai' },
  Hangul: { fr: 'hangeul', en: 'Hangul' },
  Hiragana: { fr: 'hiragana', en: 'Hiragana' },
  Katakana: { fr: 'katakana', en: 'Katakana' },
  Han: { fr: 'han', en: 'Han' },
  other: { fr: 'autre', en: 'other' },
  mixed: { fr: 'plusieurs', en: 'several' },
  digits: { fr: 'chiffres', en: 'digits' },
  punctuation: { fr: 'ponctuation', en: 'punctuation' },
  symbols: { fr: 'symboles', en: 'symbols' },
  spaces: { fr: 'espaces', en: 'spaces' },
  none: { fr: 'aucune', en: 'none' },
};

export const reachabilityNames: Record<TokenReachability, Phrase> = {
  reachable: { fr: 'un texte le donne', en: 'a text gives it' },
  control: { fr: 'réservé au contrôle', en: 'kept for control' },
  'never-normalised': { fr: 'écarté par la normalisation', en: 'normalised away' },
  'never-merged': { fr: 'jamais formé', en: 'never formed' },
  unknown: { fr: 'non examiné', en: 'not examined' },
};

export const reachabilityReasons: Record<TokenReachability, Phrase> = {
  reachable: { fr: 'Au moins un texte est découpé avec ce token.', en: 'At least one text is cut with this token.' },
  control: {
    fr: 'Aucun texte ordinaire ne le donne : il est écrit par les gabarits, ou lu là où les tokens de contrôle du texte sont pris comme tels.',
    en: 'No ordinary text gives it: templates write it, or it is read where control tokens in a text are taken as such.',
  },
  'never-normalised': {
    fr: 'Aucun texte ne le donne : la normalisation change ses caractères avant le découpage (une espace insécable devient une espace ordinaire).',
    en: 'No text gives it: normalisation changes its characters before the text is cut (a no-break space becomes a plain one).',
  },
  'never-merged': {
    fr: 'Aucun texte ne le donne : ses caractères sont toujours réunis autrement ou, pour un octet, chaque caractère qui le contient a son propre token.',
    en: 'No text gives it: its characters are always merged otherwise or, for a byte, every character that has it has a token of its own.',
  },
  unknown: {
    fr: 'On ne le sait que pour les tokeniseurs de la famille de Lucie.',
    en: 'This is known of tokenizers of Lucie’s family only.',
  },
};

export const vocabularyTexts = {
  search: { fr: 'Chercher dans le vocabulaire', en: 'Search the vocabulary' },
  form: { fr: 'Chercher par', en: 'Search by' },
  forms: {
    text: { fr: 'Texte', en: 'Text' },
    regex: { fr: 'Expression', en: 'Expression' },
    bytes: { fr: 'Octets', en: 'Bytes' },
    id: { fr: 'Identifiant', en: 'Id' },
  },
  placeholders: {
    text: { fr: 'été, ou espace puis été', en: 'été, or a space and été' },
    regex: { fr: '^ \\p{Lu}.*tion$', en: '^ \\p{Lu}.*tion$' },
    bytes: { fr: 'c3 a9', en: 'c3 a9' },
    id: { fr: '300 ou 300-307', en: '300 or 300-307' },
  },
  hints: {
    text: {
      fr: 'Dans le texte du token ; une espace au début compte.',
      en: 'In the token’s text; a space at the beginning counts.',
    },
    regex: {
      fr: 'Expression régulière JavaScript (u) sur le texte du token ; arrêtée après une seconde.',
      en: 'JavaScript regular expression (u) on the token’s text; stopped after a second.',
    },
    bytes: {
      fr: 'Deux chiffres hexadécimaux par octet, en UTF-8.',
      en: 'Two hexadecimal digits for each byte, in UTF-8.',
    },
    id: { fr: 'Un identifiant, ou le premier et le dernier.', en: 'One id, or the first and the last.' },
  },
  notAnId: { fr: 'Écrivez un nombre, ou deux avec un trait d’union.', en: 'Write a number, or two with a hyphen.' },
  place: { fr: 'Place', en: 'Place' },
  places: {
    anywhere: { fr: 'partout', en: 'anywhere' },
    start: { fr: 'au début', en: 'at the start' },
    whole: { fr: 'entier', en: 'whole' },
  },
  matchCase: { fr: 'Casse', en: 'Case' },
  matchAccents: { fr: 'Accents', en: 'Accents' },
  filters: { fr: 'Filtres', en: 'Filters' },
  clearFilters: { fr: 'Tout effacer', en: 'Clear all' },
  kind: { fr: 'Sorte', en: 'Kind' },
  script: { fr: 'Écriture', en: 'Script' },
  reachability: { fr: 'Atteint par un texte', en: 'Reached by a text' },
  space: { fr: 'Espace au début', en: 'Space at the start' },
  withSpace: { fr: 'avec espace', en: 'with a space' },
  withoutSpace: { fr: 'sans espace', en: 'without a space' },
  characters: { fr: 'Caractères', en: 'Characters' },
  charactersShort: { fr: 'Car.', en: 'Char.' },
  bytes: { fr: 'Octets', en: 'Bytes' },
  least: { fr: 'au moins', en: 'at least' },
  most: { fr: 'au plus', en: 'at most' },
  rangeLabel: phrase<{ name: string; end: string }>({
    fr: ({ name, end }) => `${name}, ${end}`,
    en: ({ name, end }) => `${name}, ${end}`,
  }),
  choiceCount: phrase<{ name: string; count: number }>({
    fr: ({ name, count }, format) => `${name} : ${format.count(count, { one: 'token', other: 'tokens' })}`,
    en: ({ name, count }, format) => `${name}: ${format.count(count, { one: 'token', other: 'tokens' })}`,
  }),
  table: {
    fr: 'Tokens du vocabulaire ; flèches pour se déplacer',
    en: 'Tokens of the vocabulary; arrow keys move',
  },
  id: { fr: 'Id', en: 'Id' },
  piece: { fr: 'Entrée', en: 'Entry' },
  class: { fr: 'Classe', en: 'Class' },
  hits: phrase<{ total: number; size: number }>({
    fr: ({ total, size }, format) =>
      total === size
        ? format.count(total, { one: 'token', other: 'tokens' })
        : `${format.count(total, { one: 'token', other: 'tokens' })} sur ${format.number(size)}`,
    en: ({ total, size }, format) =>
      total === size
        ? format.count(total, { one: 'token', other: 'tokens' })
        : `${format.count(total, { one: 'token', other: 'tokens' })} of ${format.number(size)}`,
  }),
  searching: { fr: 'Recherche…', en: 'Searching…' },
  opening: { fr: 'Lecture du vocabulaire…', en: 'Reading the vocabulary…' },
  noHitTitle: { fr: 'Aucun token', en: 'No token' },
  noHitText: {
    fr: 'Rien ne répond à la recherche et aux filtres ensemble.',
    en: 'Nothing answers the search and the filters together.',
  },
  clearSearch: { fr: 'Tout montrer', en: 'Show all' },
  saveCsv: { fr: 'CSV', en: 'CSV' },
  saveJson: { fr: 'JSON', en: 'JSON' },
  saveLabel: phrase<{ format: string; total: number }>({
    fr: ({ format: name, total }, format) =>
      `Enregistrer ${format.count(total, { one: 'token', other: 'tokens' })} en ${name}`,
    en: ({ format: name, total }, format) =>
      `Save ${format.count(total, { one: 'token', other: 'tokens' })} as ${name}`,
  }),
  saving: phrase<{ done: number; total: number }>({
    fr: ({ done, total }, format) => `${format.number(done)} sur ${format.number(total)}…`,
    en: ({ done, total }, format) => `${format.number(done)} of ${format.number(total)}…`,
  }),
  details: { fr: 'Le token choisi', en: 'The chosen token' },
  nothingChosen: { fr: 'Aucun token choisi', en: 'No token chosen' },
  nothingChosenText: {
    fr: 'Choisissez un token : ses octets, ses fusions et les mots qu’il sert à former apparaîtront ici.',
    en: 'Choose a token: its bytes, its merges and the words that it helps to form appear here.',
  },
  copyId: { fr: 'Copier l’identifiant', en: 'Copy the id' },
  mergeRank: { fr: 'Rang de fusion', en: 'Merge rank' },
  noRank: { fr: 'aucune fusion', en: 'no merge' },
  frequencyClass: { fr: 'Classe de fréquence', en: 'Frequency class' },
  frequencyClassNote: {
    fr: 'D’après l’ordre d’apprentissage : chaque classe contient deux fois plus de tokens, plus rares, que la précédente. Ce n’est pas un décompte.',
    en: 'After the order of learning: each class holds twice as many tokens, rarer ones, as the one before. It is not a count.',
  },
  noClass: { fr: 'hors apprentissage', en: 'not learned' },
  noBytes: { fr: 'aucun', en: 'none' },
  tree: { fr: 'Fusions', en: 'Merges' },
  treeNote: {
    fr: 'Des caractères, en bas, au token ; sous chaque partie, le rang de sa fusion.',
    en: 'From characters, at the bottom, to the token; below each part, the rank of its merge.',
  },
  merge: { fr: 'fusion', en: 'merge' },
  noTree: {
    fr: 'Aucune fusion ne forme ce token.',
    en: 'No merge forms this token.',
  },
  builtFromIt: { fr: 'Formés directement avec lui', en: 'Formed directly with it' },
  words: { fr: 'Mots du vocabulaire formés par lui', en: 'Words of the vocabulary formed through it' },
  wordsNote: {
    fr: 'Par une ou plusieurs fusions, les plus tôt appris d’abord. Chacun est un token à lui seul.',
    en: 'Over one or more merges, the earliest learned first. Each is a token of its own.',
  },
  someOf: phrase<{ shown: number; total: number }>({
    fr: ({ shown, total }, format) => `${format.number(shown)} sur ${format.number(total)}`,
    en: ({ shown, total }, format) => `${format.number(shown)} of ${format.number(total)}`,
  }),
  none: { fr: 'Aucun.', en: 'None.' },
  containing: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `Chercher ${format.count(count, { one: 'autre token qui le contient', other: 'autres tokens qui le contiennent' })}`,
    en: ({ count }, format) =>
      `Search ${format.count(count, { one: 'other token that contains it', other: 'other tokens that contain it' })}`,
  }),
  inText: { fr: 'Dans le texte étudié', en: 'In the text in use' },
  occurrences: phrase<{ count: number; share: number }>({
    fr: ({ count, share }, format) =>
      `${format.count(count, { one: 'occurrence', other: 'occurrences' })} (${format.percent(share)} des tokens)`,
    en: ({ count, share }, format) =>
      `${format.count(count, { one: 'occurrence', other: 'occurrences' })} (${format.percent(share)} of the tokens)`,
  }),
  noTextOpen: { fr: 'Aucun texte n’est ouvert.', en: 'No text is open.' },
  neighbours: { fr: 'Tokens proches pour le modèle', en: 'Near tokens for the model' },
  neighboursNote: {
    fr: 'Cosinus entre les lignes de la matrice d’entrée du modèle chargé.',
    en: 'Cosine between rows of the input matrix of the loaded model.',
  },
  findNeighbours: { fr: 'Chercher les plus proches', en: 'Find the nearest' },
  noModel: {
    fr: 'Il faut qu’un modèle soit chargé : c’est sa matrice qui dit quels tokens sont proches.',
    en: 'A model has to be loaded: its matrix says which tokens are near.',
  },
  otherModel: phrase<{ model: string }>({
    fr: ({ model }) =>
      `Le modèle chargé, ${model}, a un autre tokeniseur : chargez celui auquel ce vocabulaire appartient.`,
    en: ({ model }) =>
      `The loaded model, ${model}, has another tokenizer: load the one that this vocabulary belongs to.`,
  }),
};
