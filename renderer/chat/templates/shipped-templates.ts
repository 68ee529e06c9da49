/** Templates that the workbench comes with: what an instruct model of this size does well, in the language of the interface. */
import type { Language } from '../../i18n/language.ts';

export type ShippedTemplate = 'summarise' | 'translate' | 'correct' | 'explain' | 'extract';

export const shippedTemplates: Record<ShippedTemplate, Readonly<Record<Language, string>>> = {
  summarise: {
    fr: 'Résume le texte suivant en {{longueur|trois phrases}}, sans rien y ajouter.\n\n{{texte}}',
    en: 'Summarise the following text in {{length|three sentences}}, adding nothing to it.\n\n{{text}}',
  },
  translate: {
    fr: 'Traduis le texte suivant en {{langue|anglais}}. Garde le ton et la mise en forme ; ne donne que la traduction.\n\n{{texte}}',
    en: 'Translate the following text into {{language|French}}. Keep its tone and layout; give the translation only.\n\n{{text}}',
  },
  correct: {
    fr: 'Corrige l’orthographe, la grammaire et la ponctuation du texte suivant. Ne change ni le style ni le vocabulaire ; ne donne que le texte corrigé.\n\n{{texte}}',
    en: 'Correct the spelling, grammar and punctuation of the following text. Change neither its style nor its words; give the corrected text only.\n\n{{text}}',
  },
  explain: {
    fr: 'Que veut dire « {{mot}} » dans cette phrase ? Réponds en deux phrases simples.\n\n{{phrase}}',
    en: 'What does “{{word}}” mean in this sentence? Answer in two simple sentences.\n\n{{sentence}}',
  },
  extract: {
    fr: 'Relève dans le texte suivant : {{champs|noms de personnes, lieux, dates}}. Réponds par un seul objet JSON, avec une liste par champ, vide si le texte ne dit rien.\n\n{{texte}}',
    en: 'Find in the following text: {{fields|names of people, places, dates}}. Answer with one JSON object that has a list for each field, empty where the text says nothing.\n\n{{text}}',
  },
};

export const shippedTemplateIds = Object.keys(shippedTemplates) as ShippedTemplate[];
