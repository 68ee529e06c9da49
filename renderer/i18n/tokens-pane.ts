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
  tokenizer: { fr: 'Tokeniseur', en: 'Tokenizer' },
  loadedModel: { fr: 'celui du modèle chargé', en: 'that of the loaded model' },
  fromComparison: { fr: 'De la comparaison', en: 'From the comparison' },
  pending: { fr: 'Découpage…', en: 'Splitting…' },
  tokens: { fr: 'Tokens', en: 'Tokens' },
  characters: { fr: 'Caractères', en: 'Characters' },
  bytes: { fr: 'Octets UTF-8', en: 'UTF-8 bytes' },
  words: { fr: 'Mots', en: 'Words' },
  tokensPerWord: { fr: 'Tokens par mot', en: 'Tokens per word' },
  charactersPerToken: { fr: 'Caractères par token', en: 'Characters per token' },
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
};
