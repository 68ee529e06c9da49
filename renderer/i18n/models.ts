/** Texts of the Models pane. */
import type { DeviceReason } from '../../main/contract/engine.ts';
import { phrase, type Phrase } from './phrase.ts';

export const modelsTexts = {
  subtitle: {
    fr: 'Ce qui est chargé, et les dossiers de modèles de cette machine.',
    en: 'What is loaded, and the model folders of this machine.',
  },
  loaded: { fr: 'Chargé', en: 'Loaded' },
  nothingLoaded: { fr: 'Aucun modèle n’est chargé.', en: 'No model is loaded.' },
  folders: { fr: 'Dossiers de modèles', en: 'Model folders' },
  refresh: { fr: 'Relire les dossiers', en: 'Read the folders again' },
  load: { fr: 'Charger', en: 'Load' },
  loading: { fr: 'Chargement…', en: 'Loading…' },
  reload: { fr: 'Recharger', en: 'Load again' },
  embedded: { fr: 'fourni avec l’application', en: 'shipped with the application' },
  isLoaded: { fr: 'chargé', en: 'loaded' },
  unusable: { fr: 'inutilisable', en: 'unusable' },
  noneTitle: { fr: 'Aucun dossier de modèle', en: 'No model folder' },
  noneText: {
    fr: 'Ajoutez dans les réglages le dossier où se trouvent vos modèles exportés.',
    en: 'Add in the settings the folder that holds your exported models.',
  },
  addFolder: { fr: 'Ouvrir les réglages', en: 'Open the settings' },
  device: { fr: 'Calcule sur', en: 'Runs on' },
  threads: { fr: 'Fils d’exécution', en: 'Threads' },
  weights: { fr: 'Poids', en: 'Weights' },
  weightsNote: { fr: 'sur le disque', en: 'on disk' },
  resident: { fr: 'Mémoire occupée', en: 'Resident memory' },
  residentNote: { fr: 'par le processus du moteur', en: 'of the engine process' },
  unknown: { fr: 'inconnue', en: 'unknown' },
  cache: { fr: 'Cache par token', en: 'Cache per token' },
  cacheNote: phrase<{ bytes: number }>({
    fr: ({ bytes }, format) => `${format.bytes(bytes)} pour tout le contexte`,
    en: ({ bytes }, format) => `${format.bytes(bytes)} for the whole context`,
  }),
  context: { fr: 'Contexte', en: 'Context' },
  tokens: phrase<{ count: number }>({
    fr: ({ count }, format) => format.count(count, { one: 'token', other: 'tokens' }),
    en: ({ count }, format) => format.count(count, { one: 'token', other: 'tokens' }),
  }),
  parameters: { fr: 'Paramètres', en: 'Parameters' },
  file: { fr: 'Fichier', en: 'File' },
  loadTime: { fr: 'Temps de chargement', en: 'Load time' },
  restarts: { fr: 'Redémarrages du moteur', en: 'Engine restarts' },
  architecture: { fr: 'Architecture', en: 'Architecture' },
  layers: { fr: 'Couches', en: 'Layers' },
  hiddenSize: { fr: 'Dimension', en: 'Hidden size' },
  vocabulary: { fr: 'Vocabulaire', en: 'Vocabulary' },
  fileColumn: { fr: 'Fichier ONNX', en: 'ONNX file' },
  sizeColumn: { fr: 'Taille', en: 'Size' },
};

export const deviceReasons: Record<DeviceReason, Phrase> = {
  'as-requested': { fr: 'comme demandé', en: 'as requested' },
  'only-cpu-supported': {
    fr: 'cette version ne calcule que sur le processeur',
    en: 'this version runs models on the CPU only',
  },
};
