/** Texts of notifications, and of the setting for them. */
import { phrase } from './phrase.ts';

export const notificationTexts = {
  ended: { fr: 'Réponse terminée', en: 'Answer finished' },
  broken: { fr: 'Réponse interrompue', en: 'Answer broken off' },
  title: phrase<{ count: number; title: string }>({
    fr: ({ count, title }) => `(${count}) ${title}`,
    en: ({ count, title }) => `(${count}) ${title}`,
  }),
  setting: { fr: 'Notifications', en: 'Notifications' },
  wanted: { fr: 'Signaler la fin d’une longue réponse', en: 'Tell when a long answer has ended' },
  note: {
    fr: 'Quand une réponse de plus de 10 secondes se termine et que la fenêtre n’est pas regardée. La notification ne porte que le titre de la conversation. Sans elle, le titre de la fenêtre compte ces réponses.',
    en: 'When an answer of more than 10 seconds ends while the window is not looked at. The notification holds the title of the conversation only. Without it, the title of the window counts such answers.',
  },
  refused: {
    fr: 'Le système ou le navigateur refuse les notifications de cette page. Autorisez-les dans ses réglages, puis choisissez Oui de nouveau.',
    en: 'The system or the browser refuses notifications of this page. Allow them in its settings, then choose Yes again.',
  },
};
