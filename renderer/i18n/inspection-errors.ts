/** Why the inside of a model cannot be shown. */
import { against, entry } from './error-text.ts';

export const inspectionErrorTexts = {
  INSPECTION_TOO_LONG: entry(
    {
      fr: (details, format) =>
        `Le texte est trop long pour être suivi à l’intérieur du modèle${against(details, 'tokens', 'limit', format, 'tokens, au plus')}.`,
      en: (details, format) =>
        `The text is too long to be followed inside the model${against(details, 'tokens', 'limit', format, 'tokens, at most')}.`,
    },
    {
      fr: 'Raccourcissez le texte, ou n’en regardez que les premiers tokens.',
      en: 'Shorten the text, or look at its first tokens.',
    },
  ),
  INSPECTION_UNSUPPORTED: entry(
    {
      fr: 'Le graphe de ce modèle ne peut pas être ouvert couche par couche.',
      en: 'The graph of this model cannot be taken apart layer by layer.',
    },
    {
      fr: 'Convertissez les poids publiés du modèle dans le volet Modèles.',
      en: 'Convert the published weights of the model in the Models pane.',
    },
  ),
};
