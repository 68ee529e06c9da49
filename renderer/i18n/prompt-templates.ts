/** Texts about prompt templates, and the names of those that the workbench comes with. */
import { phrase } from './phrase.ts';

export const promptTemplateTexts = {
  title: { fr: 'Modèles de message', en: 'Prompt templates' },
  open: { fr: 'Modèle de message', en: 'Prompt template' },
  list: { fr: 'Modèles', en: 'Templates' },
  own: { fr: 'Les vôtres', en: 'Yours' },
  shipped: { fr: 'Fournis', en: 'Supplied' },
  create: { fr: 'Nouveau', en: 'New' },
  edit: { fr: 'Modifier', en: 'Edit' },
  copy: { fr: 'Copier pour modifier', en: 'Copy to edit' },
  remove: { fr: 'Supprimer', en: 'Delete' },
  removed: phrase<{ name: string }>({
    fr: ({ name }) => `Modèle « ${name} » supprimé`,
    en: ({ name }) => `Template “${name}” deleted`,
  }),
  name: { fr: 'Nom', en: 'Name' },
  text: { fr: 'Texte', en: 'Text' },
  syntax: {
    fr: '{{langue}} demande une valeur, {{langue|français}} en propose une ; \\{{ écrit deux accolades.',
    en: '{{language}} asks for a value, {{language|French}} proposes one; \\{{ writes two braces.',
  },
  save: { fr: 'Enregistrer', en: 'Save' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
  close: { fr: 'Fermer', en: 'Close' },
  insert: { fr: 'Insérer', en: 'Insert' },
  send: { fr: 'Envoyer', en: 'Send' },
  preview: { fr: 'Aperçu', en: 'Preview' },
  useWritten: { fr: 'Prendre le texte écrit', en: 'Use what is written' },
  useFile: phrase<{ name: string }>({ fr: ({ name }) => `Prendre ${name}`, en: ({ name }) => `Use ${name}` }),
  noVariables: { fr: 'Ce modèle n’a pas de variable.', en: 'This template has no variable.' },
  copyName: phrase<{ name: string }>({ fr: ({ name }) => `${name} (copie)`, en: ({ name }) => `${name} (copy)` }),
};

/** Names of the supplied templates; their texts are in renderer/chat/templates/shipped-templates.ts. */
export const shippedTemplateNames = {
  summarise: { fr: 'Résumer un texte', en: 'Summarise a text' },
  translate: { fr: 'Traduire', en: 'Translate' },
  correct: { fr: 'Corriger sans réécrire', en: 'Correct without rewriting' },
  explain: { fr: 'Expliquer un mot', en: 'Explain a word' },
  extract: { fr: 'Extraire en JSON', en: 'Extract to JSON' },
};
