/** Texts of the reader of the Tokens pane: the bar, the legend, the inspector, what gets lost. */
import type { AlterationReason } from '../../main/contract/tokenisation.ts';
import type { Colouring } from '../tokens/reader/colouring.ts';
import type { Script } from '../tokens/reader/scripts.ts';
import { phrase, type Phrase, type PhraseWith } from './phrase.ts';

export const colouringTexts: Record<Colouring, Phrase> = {
  alternation: { fr: 'alternance', en: 'alternation' },
  id: { fr: 'identifiant', en: 'token id' },
  length: { fr: 'longueur', en: 'length' },
  script: { fr: 'écriture', en: 'script' },
  surprisal: { fr: 'surprise', en: 'surprisal' },
  entropy: { fr: 'entropie', en: 'entropy' },
  rank: { fr: 'rang', en: 'rank' },
};

export const scriptTexts: Record<Script, Phrase> = {
  latin: { fr: 'latine', en: 'Latin' },
  greek: { fr: 'grecque', en: 'Greek' },
  cyrillic: { fr: 'cyrillique', en: 'Cyrillic' },
  arabic: { fr: 'arabe', en: 'Arabic' },
  hebrew: { fr: 'hébraïque', en: 'Hebrew' },
  asian: { fr: 'd’Asie', en: 'Asian' },
  'other-letters': { fr: 'autre', en: 'other' },
  digits: { fr: 'chiffres', en: 'digits' },
  punctuation: { fr: 'ponctuation', en: 'punctuation' },
  symbols: { fr: 'symboles', en: 'symbols' },
  spaces: { fr: 'espaces', en: 'spaces' },
  controls: { fr: 'commandes', en: 'controls' },
};

/** What the steps of a scale count in. */
export const scaleUnits: Record<'id' | 'length' | 'surprisal' | 'entropy' | 'rank', Phrase> = {
  id: { fr: 'identifiant', en: 'id' },
  length: { fr: 'caractères', en: 'characters' },
  surprisal: { fr: 'bits', en: 'bits' },
  entropy: { fr: 'bits', en: 'bits' },
  rank: { fr: 'rang', en: 'rank' },
};

type Counted = PhraseWith<{ count: number }>;

export const alterationTexts: Record<AlterationReason, Counted> = {
  'carriage-return': phrase({
    fr: ({ count }, format) => format.count(count, { one: 'retour chariot retiré', other: 'retours chariot retirés' }),
    en: ({ count }, format) =>
      format.count(count, { one: 'carriage return removed', other: 'carriage returns removed' }),
  }),
  nul: phrase({
    fr: ({ count }, format) => format.count(count, { one: 'caractère nul retiré', other: 'caractères nuls retirés' }),
    en: ({ count }, format) => format.count(count, { one: 'null character removed', other: 'null characters removed' }),
  }),
  composed: phrase({
    fr: ({ count }, format) =>
      format.count(count, { one: 'suite recomposée (forme NFC)', other: 'suites recomposées (forme NFC)' }),
    en: ({ count }, format) =>
      format.count(count, { one: 'sequence composed (form NFC)', other: 'sequences composed (form NFC)' }),
  }),
  'no-break-space': phrase({
    fr: ({ count }, format) =>
      format.count(count, {
        one: 'espace insécable devenue ordinaire',
        other: 'espaces insécables devenues ordinaires',
      }),
    en: ({ count }, format) =>
      format.count(count, { one: 'no-break space made ordinary', other: 'no-break spaces made ordinary' }),
  }),
  'swallowed-space': phrase({
    fr: ({ count }, format) =>
      format.count(count, { one: 'espace perdue au décodage', other: 'espaces perdues au décodage' }),
    en: ({ count }, format) => format.count(count, { one: 'space lost in decoding', other: 'spaces lost in decoding' }),
  }),
  'leading-spaces': phrase({
    fr: ({ count }, format) =>
      format.count(count, { one: 'espace perdue en tête du texte', other: 'espaces perdues en tête du texte' }),
    en: ({ count }, format) =>
      format.count(count, { one: 'space lost at the start', other: 'spaces lost at the start' }),
  }),
  'typed-metaspace': phrase({
    fr: ({ count }, format) =>
      format.count(count, { one: '▁ tapé lu comme espace', other: '▁ tapés lus comme espaces' }),
    en: ({ count }, format) => format.count(count, { one: 'typed ▁ read as a space', other: 'typed ▁ read as spaces' }),
  }),
  'lone-surrogate': phrase({
    fr: ({ count }, format) =>
      format.count(count, { one: 'moitié de paire remplacée par �', other: 'moitiés de paires remplacées par �' }),
    en: ({ count }, format) =>
      format.count(count, { one: 'half of a pair replaced with �', other: 'halves of pairs replaced with �' }),
  }),
  'added-space': phrase({
    fr: ({ count }, format) =>
      format.count(count, {
        one: 'espace ajoutée après un token de contrôle',
        other: 'espaces ajoutées après un token de contrôle',
      }),
    en: ({ count }, format) =>
      format.count(count, { one: 'space added after a control token', other: 'spaces added after a control token' }),
  }),
  other: phrase({
    fr: ({ count }, format) => format.count(count, { one: 'autre changement', other: 'autres changements' }),
    en: ({ count }, format) => format.count(count, { one: 'other change', other: 'other changes' }),
  }),
};

export const readerTexts = {
  inVocabulary: { fr: 'Voir dans le vocabulaire', en: 'Show in the vocabulary' },
  openFile: { fr: 'Ouvrir un fichier texte', en: 'Open a text file' },
  fileTooLarge: phrase<{ name: string; limit: number }>({
    fr: ({ name, limit }, format) => `${name} dépasse ${format.bytes(limit)} : ouvrez-en un plus petit.`,
    en: ({ name, limit }, format) => `${name} is over ${format.bytes(limit)}: open a smaller one.`,
  }),
  fileNotText: phrase<{ name: string }>({
    fr: ({ name }) => `${name} n’est pas un texte UTF-8 : enregistrez-le sous cette forme.`,
    en: ({ name }) => `${name} is not UTF-8 text: save it in that form.`,
  }),
  colourBy: { fr: 'Couleur', en: 'Colour' },
  legend: { fr: 'Légende des couleurs', en: 'Legend of the colours' },
  from: phrase<{ minimum: number }>({
    fr: ({ minimum }, format) => `≥ ${format.number(minimum, 1)}`,
    en: ({ minimum }, format) => `≥ ${format.number(minimum, 1)}`,
  }),
  below: phrase<{ limit: number }>({
    fr: ({ limit }, format) => `< ${format.number(limit, 1)}`,
    en: ({ limit }, format) => `< ${format.number(limit, 1)}`,
  }),
  unscored: { fr: 'non évalué', en: 'not scored' },
  signs: {
    fr: '˽ espace ajoutée par le tokeniseur ; pointillés : octets ; tirets : token de contrôle',
    en: '˽ space added by the tokenizer; dotted: bytes; dashed: control token',
  },
  copyIds: { fr: 'Identifiants', en: 'Ids' },
  copyJson: { fr: 'JSON', en: 'JSON' },
  pictureOf: {
    fr: 'La sélection, ou sinon ce qui est à l’écran, avec couleurs et identifiants.',
    en: 'The selection, or else what is on the screen, with colours and ids.',
  },
  pictureShort: phrase<{ drawn: number; total: number }>({
    fr: ({ drawn, total }, format) =>
      `L’image tient les ${format.number(drawn)} premiers tokens sur ${format.number(total)}.`,
    en: ({ drawn, total }, format) =>
      `The picture holds the first ${format.number(drawn)} of ${format.number(total)} tokens.`,
  }),
  savePng: { fr: 'Enregistrer en PNG', en: 'Save as PNG' },
  saveSvg: { fr: 'Enregistrer en SVG', en: 'Save as SVG' },
  pictureFailed: { fr: 'L’image n’a pas pu être faite.', en: 'The picture could not be made.' },
  cutting: { fr: 'Découpage du texte', en: 'Splitting the text' },
  stop: { fr: 'Arrêter', en: 'Stop' },
  stopped: phrase<{ share: number }>({
    fr: ({ share }, format) => `Arrêté : ${format.wholePercent(share)} du texte est découpé.`,
    en: ({ share }, format) => `Stopped: ${format.wholePercent(share)} of the text is split.`,
  }),
  goOn: { fr: 'Tout découper', en: 'Split all of it' },
  loss: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `Décodés, les tokens ne rendent pas exactement le texte (${format.count(count, { one: 'endroit', other: 'endroits' })}) :`,
    en: ({ count }, format) =>
      `Decoded, the tokens do not give back exactly the text (${format.count(count, { one: 'place', other: 'places' })}):`,
  }),
  lossFirstOnly: phrase<{ count: number }>({
    fr: ({ count }, format) => `parmi les ${format.number(count)} premiers`,
    en: ({ count }, format) => `among the first ${format.number(count)}`,
  }),
  goToFirst: { fr: 'Aller au premier', en: 'Go to the first' },
  returnsRemoved: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `L’éditeur a rendu les fins de ligne semblables : ${format.count(count, { one: 'retour chariot', other: 'retours chariot' })} de moins.`,
    en: ({ count }, format) =>
      `The editor made the line ends alike: ${format.count(count, { one: 'carriage return', other: 'carriage returns' })} less.`,
  }),
  becomes: phrase<{ from: string; to: string }>({
    fr: ({ from, to }) => (to === '' ? `${from} disparaît` : `${from} devient ${to}`),
    en: ({ from, to }) => (to === '' ? `${from} disappears` : `${from} becomes ${to}`),
  }),
  inspector: { fr: 'Token sous le curseur', en: 'Token at the caret' },
  nothingLooked: {
    fr: 'Placez le curseur ou le pointeur sur un token.',
    en: 'Put the caret or the pointer on a token.',
  },
  keys: phrase<{ keys: string }>({
    fr: ({ keys }) => `${keys} : token précédent, suivant. Tab : commande suivante.`,
    en: ({ keys }) => `${keys}: previous, next token. Tab: next control.`,
  }),
  mergeRank: { fr: 'Rang de fusion', en: 'Merge rank' },
  noMerge: { fr: 'aucun', en: 'none' },
  frequencyClass: { fr: 'Classe de fréquence', en: 'Frequency class' },
  frequencyNote: {
    fr: 'Les fusions sont apprises de la plus fréquente à la plus rare ; chaque classe est aussi grande que toutes les précédentes.',
    en: 'Merges are learned from the most frequent to the rarest; each class is as large as all before it.',
  },
  script: { fr: 'Écriture', en: 'Script' },
  bytesTogether: phrase<{ count: number }>({
    fr: ({ count }) => `Un caractère en ${count} tokens d’octet :`,
    en: ({ count }) => `One character in ${count} byte tokens:`,
  }),
  selection: { fr: 'Sélection', en: 'Selection' },
};

/** Of the model's view in the reader. */
export const modelViewTexts = {
  title: { fr: 'Vu par le modèle', en: 'As the model sees it' },
  score: { fr: 'Évaluer avec le modèle', en: 'Score with the model' },
  scoreRest: { fr: 'Évaluer le reste', en: 'Score the rest' },
  scoring: { fr: 'Évaluation par le modèle', en: 'Scoring by the model' },
  /** Not in tokens: those of a long text are read twice, once as what stands before others. */
  remaining: phrase<{ done: number; total: number; remainingMs: number | null }>({
    fr: ({ done, total, remainingMs }, format) =>
      `${format.wholePercent(total === 0 ? 0 : done / total)}${remainingMs === null ? '' : `, encore ${format.span(remainingMs / 1000)}`}`,
    en: ({ done, total, remainingMs }, format) =>
      `${format.wholePercent(total === 0 ? 0 : done / total)}${remainingMs === null ? '' : `, ${format.span(remainingMs / 1000)} left`}`,
  }),
  otherTokenizer: {
    fr: 'Le modèle découpe avec son propre tokeniseur : choisissez-le pour évaluer ce texte.',
    en: 'The model cuts with its own tokenizer: choose it to score this text.',
  },
  useItsOwn: { fr: 'Prendre celui du modèle', en: 'Use that of the model' },
  needsScores: {
    fr: 'Ces couleurs montrent ce que le modèle prédit : demandez-lui d’abord d’évaluer le texte.',
    en: 'These colours show what the model predicts: let it score the text first.',
  },
  surprisal: { fr: 'Surprise', en: 'Surprisal' },
  bits: phrase<{ value: number }>({
    fr: ({ value }, format) => `${format.fixed(value, 2)} bits`,
    en: ({ value }, format) => `${format.fixed(value, 2)} bits`,
  }),
  notScored: { fr: 'Ce token n’est pas évalué.', en: 'This token is not scored.' },
  alternatives: { fr: 'Les plus probables ici', en: 'Most probable here' },
  after: { fr: 'Après la fin du texte', en: 'After the end of the text' },
  chooseHint: {
    fr: 'Un clic : le texte continue de là. Ctrl+Z y revient.',
    en: 'A click: the text continues from there. Ctrl+Z goes back.',
  },
  continueWith: { fr: 'Continuer avec', en: 'Continue with' },
  cannotWrite: {
    fr: 'Ce token n’écrit rien à lui seul : il est de contrôle, ou une partie de caractère.',
    en: 'This token writes nothing on its own: it is a control token, or a part of a character.',
  },
  cutOtherwise: {
    fr: 'Le texte obtenu est découpé autrement que par ce token.',
    en: 'The resulting text is cut otherwise than by this token.',
  },
  path: phrase<{ tokens: number; probability: number }>({
    fr: ({ tokens, probability }, format) =>
      `Chemin choisi : ${format.count(tokens, { one: 'token', other: 'tokens' })}, probabilité ${format.percent(probability)}`,
    en: ({ tokens, probability }, format) =>
      `Chosen path: ${format.count(tokens, { one: 'token', other: 'tokens' })}, probability ${format.percent(probability)}`,
  }),
  figures: { fr: 'Perplexité, bits par octet', en: 'Perplexity, bits per byte' },
  whole: { fr: 'Tout le texte', en: 'The whole text' },
  scoredPart: { fr: 'Partie évaluée', en: 'The scored part' },
  toCaret: { fr: 'Jusqu’au curseur', en: 'Up to the caret' },
  figuresValue: phrase<{ perplexity: number; bitsPerByte: number }>({
    fr: ({ perplexity, bitsPerByte }, format) => `${format.number(perplexity, 1)} · ${format.fixed(bitsPerByte, 3)}`,
    en: ({ perplexity, bitsPerByte }, format) => `${format.number(perplexity, 1)} · ${format.fixed(bitsPerByte, 3)}`,
  }),
  strip: { fr: 'Surprise au fil du texte', en: 'Surprisal along the text' },
};
