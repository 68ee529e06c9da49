/** What can go wrong with getting, converting, verifying and deleting a model. */
import { entry, named } from './error-text.ts';

export const modelErrorTexts = {
  MODEL_UNSUPPORTED: entry(
    {
      fr: (details) => `Ce modèle${named(details, 'modelType', 'field', 'type')} ne peut pas encore être converti.`,
      en: (details) => `This model${named(details, 'modelType', 'field', 'type')} cannot be converted yet.`,
    },
    {
      fr: 'Choisissez un modèle de la famille Lucie-7B, ou un autre Llama publié en safetensors.',
      en: 'Choose a model of the Lucie-7B family, or another Llama published as safetensors.',
    },
  ),
  MODEL_FILE_UNSAFE: entry(
    {
      fr: (details) => `Le fichier${named(details, 'file', 'path')} n’est pas sûr : il n’a pas été ouvert.`,
      en: (details) => `The file${named(details, 'file', 'path')} is not safe: it was not opened.`,
    },
    {
      fr: 'Le détail en donne la raison. S’il s’agit de liens, copiez le dossier pour de bon ; sinon, prenez le modèle ailleurs.',
      en: 'The detail says why. If these are links, make a real copy of the folder; otherwise get the model elsewhere.',
    },
  ),
  MEMORY_INSUFFICIENT: entry(
    {
      fr: 'Il n’y a pas assez de mémoire libre pour ce modèle.',
      en: 'There is not enough free memory for this model.',
    },
    {
      fr: 'Fermez d’autres programmes, déchargez le modèle chargé, ou choisissez-en un plus petit.',
      en: 'Close other programs, unload the model that is loaded, or choose a smaller one.',
    },
  ),
  MODEL_VERIFICATION_FAILED: entry(
    {
      fr: (details) => `La vérification du modèle a échoué${named(details, 'check')}.`,
      en: (details) => `The verification of the model failed${named(details, 'check')}.`,
    },
    { fr: 'Téléchargez-le ou convertissez-le de nouveau.', en: 'Download or convert it again.' },
  ),
  MODEL_NOT_REMOVABLE: entry(
    {
      fr: 'Ce modèle n’est pas dans le dossier de l’application : elle ne le supprime pas.',
      en: 'This model is not in the workbench’s own folder: it is not deleted from here.',
    },
    {
      fr: 'Supprimez le dossier vous-même, ou retirez-le des réglages.',
      en: 'Delete the folder yourself, or take it out of the settings.',
    },
  ),
  CONVERSION_CRASHED: entry(
    {
      fr: 'Le processus de conversion s’est arrêté de façon inattendue.',
      en: 'The conversion process ended unexpectedly.',
    },
    {
      fr: 'Reprenez : ce qui est fait est gardé. Si cela se répète, la mémoire manque peut-être.',
      en: 'Continue it: what is done is kept. If it happens again, memory may be short.',
    },
  ),
  JOB_NOT_FOUND: entry(
    { fr: 'Cette tâche n’existe plus.', en: 'That task does not exist any more.' },
    { fr: 'Relancez-la depuis la liste des modèles.', en: 'Start it again from the list of models.' },
  ),
  FOLDER_BUSY: entry(
    {
      fr: (details) => `Le dossier${named(details, 'path', 'folder')} est déjà utilisé par une autre tâche.`,
      en: (details) => `The folder${named(details, 'path', 'folder')} is already used by another task.`,
    },
    { fr: 'Attendez sa fin, ou abandonnez-la.', en: 'Wait for its end, or cancel it.' },
  ),
};
