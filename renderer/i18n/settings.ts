/** Texts of the Settings pane. */
import type { Settings } from '../../main/contract/settings.ts';
import { phrase, type Phrase } from './phrase.ts';

export const languageChoices: Record<Settings['language'], Phrase> = {
  system: { fr: 'Système', en: 'System' },
  fr: { fr: 'Français', en: 'Français' },
  en: { fr: 'English', en: 'English' },
};

export const themeChoices: Record<Settings['theme'], Phrase> = {
  system: { fr: 'Système', en: 'System' },
  light: { fr: 'Clair', en: 'Light' },
  dark: { fr: 'Sombre', en: 'Dark' },
};

export const keepCachesChoices: Record<'yes' | 'no', Phrase> = {
  no: { fr: 'Non', en: 'No' },
  yes: { fr: 'Oui', en: 'Yes' },
};

export const settingsTexts = {
  subtitle: { fr: 'Tout changement est enregistré aussitôt.', en: 'Every change is saved at once.' },
  appearance: { fr: 'Apparence', en: 'Appearance' },
  language: { fr: 'Langue', en: 'Language' },
  theme: { fr: 'Thème', en: 'Theme' },
  sampling: { fr: 'Échantillonnage par défaut', en: 'Default sampling' },
  samplingNote: {
    fr: 'Pour les nouvelles réponses ; le panneau du chat peut s’en écarter.',
    en: 'For new answers; the panel in the chat may depart from them.',
  },
  computing: { fr: 'Calcul', en: 'Computing' },
  device: { fr: 'Calculer sur', en: 'Compute on' },
  deviceNote: {
    fr: 'Vaut dès le prochain chargement d’un modèle. Ce qui ne marche pas cède la place au CPU ; le volet Modèles dit pourquoi.',
    en: 'Counts from the next time that a model is loaded. What does not work gives way to the CPU; the Models pane says why.',
  },
  memory: { fr: 'Mémoire du modèle', en: 'Memory of the model' },
  keepCaches: { fr: 'Garder les longues conversations prêtes', en: 'Keep long conversations ready' },
  keepCachesNote: {
    fr: 'Ce que le modèle a calculé d’une longue conversation est gardé dans le dossier de données, jusqu’à 8 Go, et n’est pas recalculé à la réouverture. Ces fichiers contiennent la conversation ; ils sont effacés quand vous répondez non.',
    en: 'What the model computed of a long conversation is kept in the data folder, up to 8 GB, and is not computed anew when it is opened again. These files contain the conversation; they are deleted when you say no.',
  },
  idle: { fr: 'Décharger le modèle après', en: 'Unload the model after' },
  idleNote: {
    fr: 'Temps sans usage après lequel sa mémoire est rendue au système. La question suivante le recharge ; ce qui n’a pas été gardé de la conversation est alors relu.',
    en: 'Time without use after which its memory is given back to the system. The next question loads it again; what was not kept of the conversation is then read again.',
  },
  idleNever: { fr: 'Jamais', en: 'Never' },
  folders: { fr: 'Dossiers de modèles', en: 'Model folders' },
  foldersNote: {
    fr: 'Dossiers de cette machine où chercher des modèles, en plus du modèle fourni et de ceux que vous téléchargez.',
    en: 'Folders of this machine in which models are looked for, besides the one that is shipped and those that you get.',
  },
  noFolders: { fr: 'Aucun dossier ajouté.', en: 'No folder added.' },
  folderPath: { fr: 'Chemin du dossier', en: 'Path of the folder' },
  addFolder: { fr: 'Ajouter', en: 'Add' },
  removeFolder: phrase<{ path: string }>({
    fr: ({ path }) => `Retirer ${path}`,
    en: ({ path }) => `Remove ${path}`,
  }),
  keyboard: { fr: 'Clavier', en: 'Keyboard' },
  about: { fr: 'À propos', en: 'About' },
  dataFolder: { fr: 'Dossier de données', en: 'Data folder' },
  dataFolderNote: {
    fr: 'Conversations et réglages ; rien d’autre ne quitte ce dossier.',
    en: 'Conversations and settings; they stay in this folder.',
  },
  version: { fr: 'Version', en: 'Version' },
  runtime: { fr: 'ONNX Runtime', en: 'ONNX Runtime' },
  host: { fr: 'Hôte', en: 'Host' },
  platform: { fr: 'Plateforme', en: 'Platform' },
  offlineTitle: { fr: 'Hors ligne', en: 'Offline' },
  offline: {
    fr: 'Tout fonctionne sans réseau : le chat, la lecture de fichiers, les tokens. Seuls la recherche et le téléchargement d’un modèle s’adressent au hub Hugging Face, quand vous les demandez, et rien d’autre n’est envoyé.',
    en: 'Everything works without a network: the chat, reading files, tokens. Only looking up and getting a model ask the Hugging Face hub, when you ask for it, and nothing else is sent.',
  },
  licenceTitle: { fr: 'Licence', en: 'Licence' },
  licence: {
    fr: 'Lucie Workbench est distribué sous licence Apache 2.0, sans garantie. Les modèles et les données que vous ajoutez gardent leurs propres licences.',
    en: 'Lucie Workbench is distributed under the Apache License 2.0, without warranty. Models and data that you add keep their own licences.',
  },
};
