/** Texts of the shared controls and of the shell's frame. */
import { phrase } from './phrase.ts';

export const uiTexts = {
  technicalDetail: { fr: 'Détail technique', en: 'Technical detail' },
  copied: { fr: 'Copié', en: 'Copied' },
  copyRefused: {
    fr: 'Le presse-papiers n’est pas accessible ; sélectionnez le texte et copiez-le.',
    en: 'The clipboard cannot be reached; select the text and copy it.',
  },
  dismiss: { fr: 'Fermer', en: 'Dismiss' },
  undo: { fr: 'Annuler', en: 'Undo' },
  retry: { fr: 'Réessayer', en: 'Try again' },
  loading: { fr: 'Chargement…', en: 'Loading…' },
  cancel: { fr: 'Abandonner', en: 'Cancel' },
  progress: phrase<{ phase: string; done: number; total: number | null }>({
    fr: ({ phase, done, total }, format) =>
      `${phase} : ${format.number(done)}${total === null ? '' : ` sur ${format.number(total)}`}`,
    en: ({ phase, done, total }, format) =>
      `${phase}: ${format.number(done)}${total === null ? '' : ` of ${format.number(total)}`}`,
  }),
};
