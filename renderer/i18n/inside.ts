/** Texts of the view that looks inside the model: attention and the logit lens. */
import { phrase } from './phrase.ts';

export const insideTexts = {
  what: { fr: 'Ce qui est montré', en: 'What is shown' },
  attention: { fr: 'Attention', en: 'Attention' },
  lens: { fr: 'Lentille logit', en: 'Logit lens' },
  firstTokens: { fr: 'Premiers tokens', en: 'First tokens' },
  compute: { fr: 'Calculer', en: 'Compute' },
  computeAgain: { fr: 'Recalculer', en: 'Compute again' },
  computing: { fr: 'Calcul dans le modèle', en: 'Computing inside the model' },
  progress: phrase<{ done: number; total: number }>({
    fr: ({ done, total }, format) => `${format.number(done)} étapes sur ${format.number(total)}`,
    en: ({ done, total }, format) => `${format.number(done)} of ${format.number(total)} steps`,
  }),
  cancelled: { fr: 'Le calcul a été abandonné.', en: 'The computation was cancelled.' },
  stale: {
    fr: 'Le texte, le nombre de tokens ou le modèle a changé depuis ce calcul.',
    en: 'The text, the number of tokens or the model has changed since this was computed.',
  },
  noText: { fr: 'Aucun texte', en: 'No text' },
  noTextHint: {
    fr: 'Écrivez un texte ci-dessus ou dans « Lecture » : une phrase suffit.',
    en: 'Type a text above or in “Reader”: a sentence is enough.',
  },
  noModel: {
    fr: 'Aucun modèle n’est chargé ; le calcul charge d’abord le modèle choisi.',
    en: 'No model is loaded; computing loads the chosen one first.',
  },
  loadAndCompute: { fr: 'Charger le modèle et calculer', en: 'Load the model and compute' },
  chooseModel: { fr: 'Choisir un modèle', en: 'Choose a model' },
  aboutAttention: {
    fr: 'Dans chaque couche, chaque tête mélange à un token ce que disent ceux qui le précèdent. La carte montre dans quelles proportions, telles que le modèle les calcule.',
    en: 'In every layer, each head mixes into a token what those before it say. The map shows in which shares, as the model computes them.',
  },
  aboutLens: {
    fr: 'L’état de chaque couche passe aussitôt par la dernière norme et la matrice de sortie : on lit ce que le modèle dirait s’il s’arrêtait là (nostalgebraist, 2020).',
    en: 'The state after each layer goes at once through the last norm and the output matrix: it says what the model would answer if it stopped there (nostalgebraist, 2020).',
  },
  onProcessor: {
    fr: 'Le modèle calcule sur un processeur graphique ; ceci est calculé sur le processeur, avec les mêmes poids.',
    en: 'The model runs on a graphics processor; this is computed on the CPU, with the same weights.',
  },
  shown: phrase<{ shown: number; total: number }>({
    fr: ({ shown, total }, format) =>
      shown === total
        ? `${format.count(total, { one: 'token', other: 'tokens' })}, départ compris`
        : `Les ${format.number(shown)} premiers tokens sur ${format.number(total)}, départ compris`,
    en: ({ shown, total }, format) =>
      shown === total
        ? `${format.count(total, { one: 'token', other: 'tokens' })}, the start token included`
        : `The first ${format.number(shown)} of ${format.number(total)} tokens, the start token included`,
  }),
  layer: { fr: 'Couche', en: 'Layer' },
  layerValue: phrase<{ layer: number; layers: number }>({
    fr: ({ layer, layers }) => `Couche ${layer + 1} sur ${layers}`,
    en: ({ layer, layers }) => `Layer ${layer + 1} of ${layers}`,
  }),
  heads: { fr: 'Têtes d’attention', en: 'Attention heads' },
  head: phrase<{ head: number }>({
    fr: ({ head }) => `Tête ${head + 1}`,
    en: ({ head }) => `Head ${head + 1}`,
  }),
  matrix: phrase<{ head: number }>({
    fr: ({ head }) => `Tête ${head + 1} : en ligne le token, en colonne ceux qu’il regarde`,
    en: ({ head }) => `Head ${head + 1}: a row for each token, a column for each that it attends to`,
  }),
  strip: {
    fr: 'Tokens du texte ; flèches pour se déplacer, l’attention suit',
    en: 'Tokens of the text; arrow keys move, the attention follows',
  },
  attends: phrase<{ piece: string; position: number }>({
    fr: ({ piece, position }, format) => `Ce que regarde « ${piece} », token ${format.number(position + 1)}`,
    en: ({ piece, position }, format) => `What “${piece}” attends to, token ${format.number(position + 1)}`,
  }),
  tokenLabel: phrase<{ piece: string; weight: number | null }>({
    fr: ({ piece, weight }, format) => (weight === null ? piece : `${piece}, attention ${format.percent(weight)}`),
    en: ({ piece, weight }, format) => (weight === null ? piece : `${piece}, attention ${format.percent(weight)}`),
  }),
  pinHint: { fr: 'Un clic garde le token.', en: 'A click keeps the token.' },
  embeddingState: { fr: 'Plongement', en: 'Embedding' },
  afterLayer: phrase<{ layer: number }>({
    fr: ({ layer }) => `Après ${layer}`,
    en: ({ layer }) => `After ${layer}`,
  }),
  lensTable: {
    fr: 'Pour chaque couche et chaque token, ce que le modèle écrirait ensuite ; flèches pour se déplacer',
    en: 'For each layer and token, what the model would write next; arrow keys move',
  },
  state: { fr: 'État', en: 'State' },
  lensCell: phrase<{ piece: string; probability: number }>({
    fr: ({ piece, probability }, format) => `${piece}, ${format.percent(probability)}`,
    en: ({ piece, probability }, format) => `${piece}, ${format.percent(probability)}`,
  }),
  afterToken: phrase<{ piece: string; state: string }>({
    fr: ({ piece, state }) => `Après le token « ${piece} » · ${state}`,
    en: ({ piece, state }) => `After the token “${piece}” · ${state}`,
  }),
  nextInText: { fr: 'Suite dans le texte', en: 'Next in the text' },
  nextValue: phrase<{ piece: string; probability: number; rank: number }>({
    fr: ({ piece, probability, rank }, format) =>
      `« ${piece} » : ${format.percent(probability)}, rang ${format.number(rank)}`,
    en: ({ piece, probability, rank }, format) =>
      `“${piece}”: ${format.percent(probability)}, rank ${format.number(rank)}`,
  }),
  columns: phrase<{ first: number; last: number; total: number }>({
    fr: ({ first, last, total }, format) =>
      `Tokens ${format.number(first)} à ${format.number(last)} sur ${format.number(total)}`,
    en: ({ first, last, total }, format) =>
      `Tokens ${format.number(first)} to ${format.number(last)} of ${format.number(total)}`,
  }),
  earlier: { fr: 'Tokens précédents', en: 'Earlier tokens' },
  later: { fr: 'Tokens suivants', en: 'Later tokens' },
};
