/** Texts of the strip of stages in the Tokens pane. */
import type { NormalisationReason } from '../../main/contract/pipeline.ts';
import type { AlterationReason } from '../../main/contract/tokenisation.ts';
import { phrase, type Phrase } from './phrase.ts';

export const normalisationReasons: Record<NormalisationReason, Phrase> = {
  'space-sign': { fr: 'espace écrite ▁', en: 'space written ▁' },
  'space-in-front': { fr: 'espace ajoutée en tête du texte', en: 'space added in front of the text' },
  'space-after-mark': {
    fr: 'espace ajoutée après un signe, pour que le mot qui suit soit le même token qu’ailleurs',
    en: 'space added after a mark, so that the word after it is the same token as elsewhere',
  },
  'no-break-space': { fr: 'espace insécable devenue ordinaire', en: 'no-break space made an ordinary one' },
  'carriage-return': { fr: 'retour chariot (CR) supprimé', en: 'carriage return (CR) deleted' },
  nul: { fr: 'caractère nul supprimé', en: 'null character deleted' },
  composed: { fr: 'caractères composés (NFC)', en: 'characters composed (NFC)' },
  'lone-surrogate': {
    fr: 'moitié de paire de substitution remplacée par �',
    en: 'half of a surrogate pair replaced with �',
  },
  other: { fr: 'autre changement', en: 'another change' },
};

export const lossReasons: Record<AlterationReason, Phrase> = {
  'carriage-return': { fr: 'retour chariot (CR) perdu', en: 'carriage return (CR) lost' },
  nul: { fr: 'caractère nul perdu', en: 'null character lost' },
  composed: {
    fr: 'autre suite de caractères pour le même signe (NFC)',
    en: 'another sequence of characters for the same sign (NFC)',
  },
  'no-break-space': {
    fr: 'espace insécable, qui revient ordinaire',
    en: 'no-break space that comes back as an ordinary one',
  },
  'swallowed-space': {
    fr: 'espace avalée par le décodeur après un signe tel que « ou (',
    en: 'space swallowed by the decoder after a mark such as « or (',
  },
  'leading-spaces': {
    fr: 'espaces du début, que le décodeur enlève avec le premier token',
    en: 'spaces at the start, which the decoder drops with the first token',
  },
  'typed-metaspace': { fr: '▁ tapé, qui revient en espace', en: 'typed ▁ that comes back as a space' },
  'lone-surrogate': {
    fr: 'moitié de paire de substitution, qui revient en �',
    en: 'half of a surrogate pair that comes back as �',
  },
  'added-space': {
    fr: 'espace ajoutée après un token de contrôle, qui reste',
    en: 'space added after a control token, which stays',
  },
  other: { fr: 'autre différence', en: 'another difference' },
};

export const stepsTexts = {
  emptyTitle: { fr: 'Rien à suivre', en: 'Nothing to follow' },
  emptyText: {
    fr: 'Écrivez un texte ci-dessus : chaque étape s’affichera, du texte brut aux identifiants et retour.',
    en: 'Type a text above: every stage will be shown, from the raw text to the ids and back.',
  },
  stages: { fr: 'Étapes', en: 'Stages' },
  pending: { fr: 'Découpage…', en: 'Splitting…' },
  raw: { fr: 'Texte brut', en: 'Raw text' },
  normalised: { fr: 'Normalisé', en: 'Normalised' },
  chunks: { fr: 'Morceaux', en: 'Chunks' },
  merges: { fr: 'Fusions', en: 'Merges' },
  ids: { fr: 'Identifiants', en: 'Ids' },
  decoded: { fr: 'Décodé', en: 'Decoded' },
  rawHint: { fr: 'En rouge : ce qui ne revient pas tel quel.', en: 'In red: what does not come back as it was.' },
  chunksHint: {
    fr: 'Aucune fusion ne passe d’un morceau à l’autre. Choisissez-en un pour voir ses fusions.',
    en: 'No merge crosses from one chunk to the next. Choose one to see its merges.',
  },
  idsHint: {
    fr: 'Pointillé : un octet. Tirets : un token de contrôle.',
    en: 'Dotted: a byte. Dashed: a control token.',
  },
  exactlyBack: { fr: 'Le texte revient exactement.', en: 'The text comes back exactly.' },
  unchanged: { fr: 'La normalisation ne change rien.', en: 'Normalisation changes nothing.' },
  notTold: {
    fr: 'La bibliothèque ne le dit pas pour ce tokeniseur.',
    en: 'The library does not tell this for this tokenizer.',
  },
  notAligned: {
    fr: 'Donné en entier : la correspondance caractère par caractère n’est pas connue pour ce tokeniseur.',
    en: 'Given as a whole: which character became what is not known for this tokenizer.',
  },
  differs: {
    fr: 'Le texte décodé diffère du texte brut.',
    en: 'The decoded text differs from the raw text.',
  },
  reasonCount: phrase<{ count: number; reason: string }>({
    fr: ({ count, reason }, format) => `${format.number(count)} × ${reason}`,
    en: ({ count, reason }, format) => `${format.number(count)} × ${reason}`,
  }),
  stageLabel: phrase<{ stage: string }>({
    fr: ({ stage }) => `${stage} ; flèches pour se déplacer`,
    en: ({ stage }) => `${stage}; arrow keys move`,
  }),
  passage: phrase<{ number: number; count: number }>({
    fr: ({ number, count }, format) => `Passage ${format.number(number)} sur ${format.number(count)}`,
    en: ({ number, count }, format) => `Passage ${format.number(number)} of ${format.number(count)}`,
  }),
  passageAlone: {
    fr: 'Chaque passage est traité comme un texte à lui seul.',
    en: 'Each passage is treated as a text of its own.',
  },
  previousPassage: { fr: 'Passage précédent', en: 'Previous passage' },
  nextPassage: { fr: 'Passage suivant', en: 'Next passage' },
  noChunk: { fr: 'Choisissez un morceau ci-dessus.', en: 'Choose a chunk above.' },
  controlChunk: {
    fr: 'Un token de contrôle : reconnu tel quel avant toute fusion.',
    en: 'A control token: recognised as it stands, before any merge.',
  },
  tooLong: { fr: 'Ce morceau est trop long pour être rejoué.', en: 'This chunk is too long to be replayed.' },
  noMerges: {
    fr: 'Ce tokeniseur n’est pas un codage par paires : il n’a pas de fusions.',
    en: 'This tokenizer is not a byte pair encoding: it has no merges.',
  },
  affixes: {
    fr: 'Ce tokeniseur écrit ses morceaux avec un préfixe ou un suffixe ; ses fusions ne sont pas rejouées.',
    en: 'This tokenizer writes its pieces with a prefix or suffix; its merges are not replayed.',
  },
  notReproduced: {
    fr: 'Les fusions seules ne donnent pas ces tokens (le vocabulaire prend ce morceau d’un bloc, ou autrement).',
    en: 'Merges alone do not give these tokens (the vocabulary takes this chunk whole, or in another way).',
  },
  nothingToMerge: {
    fr: 'Aucune fusion ne s’applique : les caractères sont déjà les tokens.',
    en: 'No merge applies: the characters are the tokens already.',
  },
  replay: { fr: 'Étape de fusion', en: 'Merge step' },
  play: { fr: 'Rejouer les fusions', en: 'Play the merges' },
  pause: { fr: 'Suspendre', en: 'Pause' },
  stepBack: { fr: 'Fusion précédente', en: 'Previous merge' },
  stepForward: { fr: 'Fusion suivante', en: 'Next merge' },
  stepStart: phrase<{ count: number; merges: number }>({
    fr: ({ count, merges }, format) =>
      `Départ : ${format.count(count, { one: 'caractère ou octet', other: 'caractères ou octets' })}, ${format.count(merges, { one: 'fusion', other: 'fusions' })} à venir.`,
    en: ({ count, merges }, format) =>
      `Start: ${format.count(count, { one: 'character or byte', other: 'characters or bytes' })}, ${format.count(merges, { one: 'merge', other: 'merges' })} to come.`,
  }),
  step: phrase<{ step: number; count: number; rank: number }>({
    fr: ({ step, count, rank }, format) =>
      `Fusion ${format.number(step)} sur ${format.number(count)}, rang ${format.number(rank)} :`,
    en: ({ step, count, rank }, format) =>
      `Merge ${format.number(step)} of ${format.number(count)}, rank ${format.number(rank)}:`,
  }),
  stepValue: phrase<{ step: number; count: number }>({
    fr: ({ step, count }, format) => `${format.number(step)} sur ${format.number(count)}`,
    en: ({ step, count }, format) => `${format.number(step)} of ${format.number(count)}`,
  }),
  lowestFirst: {
    fr: 'Le rang est l’ordre d’apprentissage : la paire voisine de plus bas rang est fusionnée d’abord.',
    en: 'The rank is the order of learning: of all neighbours, the pair of the lowest rank is merged first.',
  },
  tree: phrase<{ pieces: string }>({
    fr: ({ pieces }) => `Arbre des fusions de ${pieces}`,
    en: ({ pieces }) => `Tree of the merges of ${pieces}`,
  }),
};
