/** Texts of the Models pane. */
import { phrase } from './phrase.ts';

export const modelsTexts = {
  subtitle: {
    fr: 'Télécharger, convertir, vérifier et charger des modèles.',
    en: 'Get, convert, verify and load models.',
  },
  loaded: { fr: 'Chargé', en: 'Loaded' },
  nothingLoaded: { fr: 'Aucun modèle n’est chargé.', en: 'No model is loaded.' },
  unloadedIdle: {
    fr: 'Le modèle n’a pas servi depuis un moment : sa mémoire est rendue. La prochaine question le recharge.',
    en: 'The model was not used for a while: its memory is given back. The next question loads it again.',
  },
  folders: { fr: 'Sur cette machine', en: 'On this machine' },
  refresh: { fr: 'Relire les dossiers', en: 'Read the folders again' },
  load: { fr: 'Charger', en: 'Load' },
  loading: { fr: 'Chargement…', en: 'Loading…' },
  reload: { fr: 'Recharger', en: 'Load again' },
  unload: { fr: 'Décharger', en: 'Unload' },
  unloading: { fr: 'Déchargement…', en: 'Unloading…' },
  details: { fr: 'Détails', en: 'Details' },
  origin: phrase<{ repository: string; revision: string; commit: string | null }>({
    fr: ({ repository, revision, commit }) => `${repository}@${revision}${commit === null ? '' : ` (${commit})`}`,
    en: ({ repository, revision, commit }) => `${repository}@${revision}${commit === null ? '' : ` (${commit})`}`,
  }),
  contextOf: phrase<{ count: number }>({
    fr: ({ count }, format) => `contexte de ${format.count(count, { one: 'token', other: 'tokens' })}`,
    en: ({ count }, format) => `context of ${format.count(count, { one: 'token', other: 'tokens' })}`,
  }),
  verify: { fr: 'Vérifier', en: 'Verify' },
  convert: { fr: 'Convertir…', en: 'Convert…' },
  convertNow: { fr: 'Lancer la conversion', en: 'Start the conversion' },
  convertText: {
    fr: 'Les fichiers ONNX sont ajoutés à ce dossier ; ceux de même nom sont remplacés.',
    en: 'The ONNX files are added to this folder; those of the same name are replaced.',
  },
  close: { fr: 'Fermer', en: 'Close' },
  remove: { fr: 'Supprimer…', en: 'Delete…' },
  removing: { fr: 'Suppression…', en: 'Deleting…' },
  removeQuestion: { fr: 'Supprimer ce modèle pour de bon ?', en: 'Delete this model for good?' },
  removeText: phrase<{ folder: string; bytes: number; withWeights: boolean }>({
    fr: ({ folder, bytes, withWeights }, format) =>
      `${folder} : ${format.bytes(bytes)} de fichiers ONNX${withWeights ? ', et les poids publiés,' : ''} seront effacés du disque.`,
    en: ({ folder, bytes, withWeights }, format) =>
      `${folder}: ${format.bytes(bytes)} of ONNX files${withWeights ? ' and the published weights' : ''} will be deleted from the disk.`,
  }),
  removeYes: { fr: 'Supprimer', en: 'Delete' },
  removeNo: { fr: 'Garder', en: 'Keep' },
  /** For those who do not see which card a button belongs to. */
  actionOn: phrase<{ action: string; name: string }>({
    fr: ({ action, name }) => `${action} : ${name}`,
    en: ({ action, name }) => `${action}: ${name}`,
  }),
  embedded: { fr: 'fourni avec l’application', en: 'shipped with the application' },
  isLoaded: { fr: 'chargé', en: 'loaded' },
  unusable: { fr: 'inutilisable', en: 'unusable' },
  noneTitle: { fr: 'Aucun dossier de modèle', en: 'No model folder' },
  noneText: {
    fr: 'Prenez-en un ci-dessous, ou ajoutez dans les réglages le dossier où se trouvent vos modèles exportés.',
    en: 'Get one below, or add in the settings the folder that holds your exported models.',
  },
  addFolder: { fr: 'Ouvrir les réglages', en: 'Open the settings' },
  device: { fr: 'Calcule sur', en: 'Runs on' },
  memoryFor: { fr: 'Mémoire pour', en: 'Memory for' },
  memoryNote: phrase<{ scratch: number; available: number }>({
    fr: ({ scratch, available }, format) =>
      `${format.bytes(available)} libres avant le chargement, ${format.bytes(scratch)} pour les calculs`,
    en: ({ scratch, available }, format) =>
      `${format.bytes(available)} free before loading, ${format.bytes(scratch)} for computing`,
  }),
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
  commitOf: phrase<{ commit: string }>({
    fr: ({ commit }) => `commit ${commit}`,
    en: ({ commit }) => `commit ${commit}`,
  }),
  weightsColumn: { fr: 'Poids', en: 'Weights' },
  quantised: phrase<{ bits: number; blockSize: number | null }>({
    fr: ({ bits, blockSize }) => `${bits} bits${blockSize === null ? '' : `, blocs de ${blockSize}`}`,
    en: ({ bits, blockSize }) => `${bits} bits${blockSize === null ? '' : `, blocks of ${blockSize}`}`,
  }),
  cacheColumn: { fr: 'Cache', en: 'Cache' },
  errorColumn: { fr: 'Erreur moyenne', en: 'Mean error' },
  errorNote: {
    fr: 'Erreur moyenne : norme de l’écart entre poids convertis et publiés, rapportée à celle de la matrice.',
    en: 'Mean error: the norm of the difference between converted and published weights over that of the matrix.',
  },
  commit: { fr: 'Commit', en: 'Commit' },
  fileColumn: { fr: 'Fichier ONNX', en: 'ONNX file' },
  sizeColumn: { fr: 'Taille', en: 'Size' },
};
