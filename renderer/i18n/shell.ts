/** Texts of the shell: navigation, status bar, banners, the page without a session. */
import type { EngineState } from '../../main/contract/models.ts';
import type { Pane } from '../shell/navigation.svelte.ts';
import { phrase, type Phrase } from './phrase.ts';

export const paneNames: Record<Pane, Phrase> = {
  chat: { fr: 'Chat', en: 'Chat' },
  data: { fr: 'Données', en: 'Data' },
  tokens: { fr: 'Tokens', en: 'Tokens' },
  models: { fr: 'Modèles', en: 'Models' },
  settings: { fr: 'Réglages', en: 'Settings' },
};

export const engineStates: Record<EngineState, Phrase> = {
  stopped: { fr: 'arrêté', en: 'stopped' },
  idle: { fr: 'au repos', en: 'at rest' },
  starting: { fr: 'démarre', en: 'starting' },
  loading: { fr: 'charge le modèle', en: 'loading the model' },
  ready: { fr: 'prêt', en: 'ready' },
  busy: { fr: 'occupé', en: 'busy' },
  restarting: { fr: 'redémarre', en: 'restarting' },
  failed: { fr: 'en échec', en: 'failed' },
};

export const shellTexts = {
  navigation: { fr: 'Volets', en: 'Panes' },
  status: { fr: 'État', en: 'Status' },
  connecting: { fr: 'Connexion à l’application…', en: 'Connecting to the workbench…' },
  connectionLost: {
    fr: 'Connexion perdue ; nouvel essai en cours. Rien n’est perdu : les réponses continuent de leur côté.',
    en: 'Connection lost, retrying. Nothing is lost: answers go on by themselves.',
  },
  refusedTitle: { fr: 'Cette page n’a pas de session', en: 'This page has no session' },
  refusedText: {
    fr: 'Pour protéger vos conversations, l’application ne s’ouvre qu’à l’adresse affichée dans le terminal où elle a été lancée. Ouvrez cette adresse, qui se termine par #token=…',
    en: 'To protect your conversations, the workbench opens only at the address printed in the terminal where it was started. Open that address; it ends in #token=…',
  },
  engineRestarting: {
    fr: 'Le moteur s’est arrêté de façon inattendue ; il redémarre. Le texte déjà écrit est conservé.',
    en: 'The engine stopped unexpectedly and is starting again. The text already written is kept.',
  },
  engineRestarted: {
    fr: 'Le moteur s’était arrêté de façon inattendue ; il a redémarré et répond de nouveau. Le texte déjà écrit est conservé.',
    en: 'The engine had stopped unexpectedly; it was started again and answers. The text already written is kept.',
  },
  paneFailed: { fr: 'Ce volet n’a pas pu s’ouvrir.', en: 'This pane could not be opened.' },
  noModel: { fr: 'aucun modèle chargé', en: 'no model loaded' },
  engine: phrase<{ state: string }>({
    fr: ({ state }) => `Moteur ${state}`,
    en: ({ state }) => `Engine ${state}`,
  }),
  device: phrase<{ device: string; threads: number }>({
    fr: ({ device, threads }, format) =>
      threads > 0
        ? `${device}, ${format.count(threads, { one: 'fil d’exécution', other: 'fils d’exécution' })}`
        : device,
    en: ({ device, threads }, format) =>
      threads > 0 ? `${device}, ${format.count(threads, { one: 'thread', other: 'threads' })}` : device,
  }),
  memory: phrase<{ bytes: number }>({
    fr: ({ bytes }, format) => `${format.bytes(bytes)} en mémoire`,
    en: ({ bytes }, format) => `${format.bytes(bytes)} in memory`,
  }),
  memoryUnknown: { fr: 'mémoire inconnue', en: 'memory unknown' },
};
