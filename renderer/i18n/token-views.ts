/** Names of the views of the Tokens pane, and what stands over all of them. */
export const tokenViewTexts = {
  views: { fr: 'Vues du texte', en: 'Views of the text' },
  reader: { fr: 'Lecture', en: 'Reader' },
  steps: { fr: 'Étapes', en: 'Steps' },
  compare: { fr: 'Comparaison', en: 'Comparison' },
  vocabulary: { fr: 'Vocabulaire', en: 'Vocabulary' },
  inside: { fr: 'Dans le modèle', en: 'Inside the model' },
  template: { fr: 'Gabarit de conversation', en: 'Chat template' },
  textInUse: { fr: 'Texte étudié', en: 'Text in use' },
  changeText: { fr: 'Changer dans « Lecture »', en: 'Change it in “Reader”' },
};
