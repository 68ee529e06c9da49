/** Texts of the Tokens pane. */
import { phrase } from './phrase.ts';

export const tokensPaneTexts = {
  subtitle: {
    fr: 'Comment un texte devient ce que le modèle lit.',
    en: 'How a text becomes what the model reads.',
  },
  input: { fr: 'Texte', en: 'Text' },
  placeholder: { fr: 'Écrivez ou collez un texte', en: 'Type or paste a text' },
  samples: { fr: 'Exemples', en: 'Samples' },
  clear: { fr: 'Effacer', en: 'Clear' },
  output: { fr: 'Tokens du texte ; flèches pour se déplacer', en: 'Tokens of the text; arrow keys move' },
  tokenizer: { fr: 'Tokeniseur', en: 'Tokenizer' },
  loadedModel: { fr: 'celui du modèle chargé', en: 'that of the loaded model' },
  copyIds: { fr: 'Copier les identifiants', en: 'Copy the ids' },
  emptyTitle: { fr: 'Rien à découper', en: 'Nothing to split' },
  emptyText: {
    fr: 'Écrivez, collez un texte ou prenez un exemple : chaque token apparaîtra ici avec son identifiant, ses octets et sa place.',
    en: 'Type, paste a text or take a sample: each token appears here with its id, its bytes and its place.',
  },
  pending: { fr: 'Découpage…', en: 'Splitting…' },
  tokens: { fr: 'Tokens', en: 'Tokens' },
  characters: { fr: 'Caractères', en: 'Characters' },
  bytes: { fr: 'Octets UTF-8', en: 'UTF-8 bytes' },
  words: { fr: 'Mots', en: 'Words' },
  tokensPerWord: { fr: 'Tokens par mot', en: 'Tokens per word' },
  charactersPerToken: { fr: 'Caractères par token', en: 'Characters per token' },
  exact: {
    fr: 'Décodés, les tokens rendent exactement le texte.',
    en: 'Decoded, the tokens give back exactly the text.',
  },
  lossTitle: {
    fr: 'Décodés, les tokens ne rendent pas exactement le texte :',
    en: 'Decoded, the tokens do not give back exactly the text:',
  },
  noBreakSpaces: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'espace insécable devient une espace ordinaire ou disparaît', other: 'espaces insécables deviennent des espaces ordinaires ou disparaissent' })}.`,
    en: ({ count }, format) =>
      `${format.count(count, { one: 'no-break space becomes a plain space or is lost', other: 'no-break spaces become plain spaces or are lost' })}.`,
  }),
  removedControls: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'retour chariot ou caractère nul est retiré', other: 'retours chariot ou caractères nuls sont retirés' })}.`,
    en: ({ count }, format) =>
      `${format.count(count, { one: 'carriage return or null character is removed', other: 'carriage returns or null characters are removed' })}.`,
  }),
  notComposed: {
    fr: 'Les accents séparés sont recomposés (forme NFC).',
    en: 'Separate accents are composed (form NFC).',
  },
  lostSpaces: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'espace est perdue, en tête du texte ou après une ponctuation', other: 'espaces sont perdues, en tête du texte ou après une ponctuation' })}.`,
    en: ({ count }, format) =>
      `${format.count(count, { one: 'space is lost, at the start of the text or after punctuation', other: 'spaces are lost, at the start of the text or after punctuation' })}.`,
  }),
  other: phrase<{ position: number; expected: string; actual: string }>({
    fr: ({ position, expected, actual }, format) =>
      `Au caractère ${format.number(position)}, « ${expected} » devient « ${actual} ».`,
    en: ({ position, expected, actual }, format) =>
      `At character ${format.number(position)}, “${expected}” becomes “${actual}”.`,
  }),
  span: { fr: 'Place dans le texte', en: 'Place in the text' },
  spanValue: phrase<{ start: number; end: number }>({
    fr: ({ start, end }, format) => `${format.number(start)} – ${format.number(end)}`,
    en: ({ start, end }, format) => `${format.number(start)} – ${format.number(end)}`,
  }),
  bytesOfToken: { fr: 'Octets', en: 'Bytes' },
  noBytes: { fr: 'aucun', en: 'none' },
  kind: { fr: 'Sorte', en: 'Kind' },
  position: { fr: 'Numéro', en: 'Number' },
  insertedSpace: {
    fr: 'Commence par une espace que le tokeniseur a ajoutée.',
    en: 'Begins with a space that the tokenizer added.',
  },
  space: { fr: 'espace', en: 'space' },
  noBreakSpace: { fr: 'espace insécable', en: 'no-break space' },
  lineBreak: { fr: 'fin de ligne', en: 'line break' },
  insertedLegend: { fr: 'espace ajoutée par le tokeniseur', en: 'space added by the tokenizer' },
};
