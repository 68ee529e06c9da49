/** Texts of an answer: its formatted text, its tokens, and what is uncertain in it. */
import { phrase } from './phrase.ts';

export const answerTexts = {
  table: { fr: 'Tableau', en: 'Table' },
  codePlain: phrase<{ limit: number }>({
    fr: ({ limit }, format) => `plus de ${format.number(limit)} caractères : sans couleurs`,
    en: ({ limit }, format) => `more than ${format.number(limit)} characters: not coloured`,
  }),
};
