/**
 * Every error code as a sentence and an action, in both languages. The sentences use the values that services put into
 * `details` where they are there; the exact English message stays available as the technical detail.
 */
import type { ErrorCode } from '../../main/contract/errors.ts';
import { against, entry, named, type ErrorText } from './error-text.ts';
import { engineErrorTexts } from './engine-errors.ts';
import { inspectionErrorTexts } from './inspection-errors.ts';
import { lineTooLongMessage, withContent, withReason } from './file-errors.ts';
import { historyErrorTexts } from './history-errors.ts';
import { hubErrorTexts } from './hub-errors.ts';
import { modelErrorTexts } from './model-errors.ts';
import { samplingErrorTexts } from './sampling-errors.ts';
import { searchErrorTexts } from './search-errors.ts';

export const errorTexts: Record<ErrorCode, ErrorText> = {
  INVALID_INPUT: entry(
    { fr: 'Une valeur n’est pas acceptée.', en: 'A value is not accepted.' },
    { fr: 'Corrigez la valeur nommée dans le détail.', en: 'Correct the value that the detail names.' },
  ),
  MODEL_NOT_FOUND: entry(
    {
      fr: (details) =>
        details.folder === undefined
          ? `Le modèle${named(details, 'model', 'path', 'id')} est introuvable.`
          : `Le dossier ${details.folder} est introuvable.`,
      en: (details) =>
        details.folder === undefined
          ? `The model${named(details, 'model', 'path', 'id')} was not found.`
          : `The folder ${details.folder} was not found.`,
    },
    {
      fr: 'Choisissez un modèle de la liste, ou donnez le dossier qui le contient.',
      en: 'Choose a model from the list, or give the folder that holds it.',
    },
  ),
  MODEL_FILE_MISSING: entry(
    {
      fr: (details) => `Il manque au modèle le fichier${named(details, 'file', 'path')}.`,
      en: (details) => `The model lacks the file${named(details, 'file', 'path')}.`,
    },
    { fr: 'Remettez ce fichier ou exportez de nouveau le modèle.', en: 'Put the file back or export the model again.' },
  ),
  MODEL_FILE_CORRUPT: entry(
    {
      fr: (details) => `Le fichier de modèle${named(details, 'file', 'path')} est illisible ou abîmé.`,
      en: (details) => `The model file${named(details, 'file', 'path')} cannot be read or is damaged.`,
    },
    { fr: 'Remplacez ce fichier par une copie intacte.', en: 'Replace the file with an intact copy.' },
  ),
  MODEL_SHAPE_MISMATCH: entry(
    {
      fr: (details) => `Le graphe ONNX${named(details, 'file', 'path')} n’a pas la forme attendue.`,
      en: (details) => `The ONNX graph${named(details, 'file', 'path')} does not have the expected shape.`,
    },
    {
      fr: 'Exportez de nouveau le modèle avec la version actuelle de Lucie Workbench.',
      en: 'Export the model again with the present version of Lucie Workbench.',
    },
  ),
  MODEL_NOT_LOADED: entry(
    { fr: 'Aucun modèle n’est chargé.', en: 'No model is loaded.' },
    { fr: 'Chargez-en un dans le volet Modèles.', en: 'Load one in the Models pane.' },
  ),
  TOKENIZER_INVALID: entry(
    {
      fr: (details) => `Le tokeniseur${named(details, 'file', 'path', 'folder')} n’est pas utilisable.`,
      en: (details) => `The tokenizer${named(details, 'file', 'path', 'folder')} cannot be used.`,
    },
    {
      fr: 'Remplacez tokenizer.json par celui qui accompagne le modèle.',
      en: 'Replace tokenizer.json with the one that comes with the model.',
    },
  ),
  CHAT_TEMPLATE_INVALID: entry(
    { fr: 'Le gabarit de conversation du modèle est invalide.', en: 'The model’s chat template is invalid.' },
    {
      fr: 'Corrigez chat_template dans tokenizer_config.json, ou chargez un modèle de dialogue.',
      en: 'Correct chat_template in tokenizer_config.json, or load a chat model.',
    },
  ),
  PROMPT_EMPTY: entry(
    { fr: 'Le message est vide.', en: 'The message is empty.' },
    { fr: 'Écrivez quelque chose avant d’envoyer.', en: 'Write something before sending.' },
  ),
  CONTEXT_EXCEEDED: entry(
    {
      fr: (details, format) =>
        `La conversation ne tient pas dans le contexte du modèle${against(details, 'tokens', 'limit', format, 'tokens pour')}.`,
      en: (details, format) =>
        `The conversation does not fit into the model’s context${against(details, 'tokens', 'limit', format, 'tokens for')}.`,
    },
    {
      fr: 'Raccourcissez le message ou commencez une nouvelle conversation.',
      en: 'Shorten the message or start a new conversation.',
    },
  ),
  ENGINE_BUSY: entry(
    { fr: 'Le moteur répond déjà à une autre demande.', en: 'The engine is already answering another request.' },
    { fr: 'Attendez la fin de cette réponse ou arrêtez-la.', en: 'Wait for that answer to end, or stop it.' },
  ),
  TOKENIZER_CRASHED: entry(
    { fr: 'Le tokeniseur s’est arrêté.', en: 'The tokenizer stopped.' },
    { fr: 'Recommencez ; il a redémarré.', en: 'Try again; it was restarted.' },
  ),
  DATA_PROCESS_CRASHED: entry(
    { fr: 'Le lecteur de données s’est arrêté.', en: 'The data reader stopped.' },
    { fr: 'Rouvrez le fichier ; le lecteur a redémarré.', en: 'Open the file again; the reader was restarted.' },
  ),
  FILE_NOT_FOUND: entry(
    {
      fr: (details) => `Le fichier${named(details, 'path', 'file')} est introuvable.`,
      en: (details) => `The file${named(details, 'path', 'file')} was not found.`,
    },
    { fr: 'Vérifiez le chemin, ou choisissez un autre fichier.', en: 'Check the path, or choose another file.' },
  ),
  FILE_UNREADABLE: withReason(
    'FILE_UNREADABLE',
    entry(
      {
        fr: (details) => `Le fichier${named(details, 'path', 'file')} ne peut pas être lu.`,
        en: (details) => `The file${named(details, 'path', 'file')} cannot be read.`,
      },
      { fr: 'Vérifiez vos droits sur ce fichier.', en: 'Check your permissions on the file.' },
    ),
  ),
  FILE_FORMAT_UNKNOWN: withContent(
    entry(
      {
        fr: (details) => `Le format du fichier${named(details, 'path', 'file')} n’est pas reconnu.`,
        en: (details) => `The format of the file${named(details, 'path', 'file')} is not known.`,
      },
      { fr: 'Ouvrez un fichier .parquet, .jsonl ou .csv.', en: 'Open a .parquet, .jsonl or .csv file.' },
    ),
  ),
  FILE_CORRUPT: withReason(
    'FILE_CORRUPT',
    entry(
      {
        fr: (details) =>
          `Le contenu du fichier${named(details, 'path', 'file')} est abîmé ou n’est pas celui qu’annonce son nom.`,
        en: (details) => `The file${named(details, 'path', 'file')} is damaged, or is not what its name says.`,
      },
      { fr: 'Téléchargez-le ou exportez-le de nouveau.', en: 'Download it or export it again.' },
    ),
  ),
  FILE_TOO_LARGE: entry(
    {
      fr: (details, format) =>
        `C’est trop long pour être traité d’un coup${against(details, 'bytes', 'limit', format, 'octets pour')}.`,
      en: (details, format) =>
        `This is too large to be handled at once${against(details, 'bytes', 'limit', format, 'bytes for')}.`,
    },
    { fr: 'Prenez-en une partie.', en: 'Take a part of it.' },
  ),
  LINE_TOO_LONG: {
    message: lineTooLongMessage,
    action: {
      fr: 'Coupez cette ligne, ou convertissez le fichier en parquet.',
      en: 'Split that line, or convert the file to parquet.',
    },
  },
  DATASET_NOT_OPEN: entry(
    { fr: 'Ce fichier n’est plus ouvert.', en: 'This file is no longer open.' },
    { fr: 'Rouvrez-le.', en: 'Open it again.' },
  ),
  ROW_NOT_FOUND: entry(
    {
      fr: (details) => `La ligne${named(details, 'row')} n’existe pas dans ce fichier.`,
      en: (details) => `Row${named(details, 'row')} does not exist in this file.`,
    },
    { fr: 'Choisissez une ligne du tableau.', en: 'Choose a row of the table.' },
  ),
  COLUMN_NOT_FOUND: entry(
    {
      fr: (details) => `La colonne${named(details, 'column')} n’existe pas dans ce fichier.`,
      en: (details) => `The column${named(details, 'column')} does not exist in this file.`,
    },
    { fr: 'Choisissez une colonne du tableau.', en: 'Choose a column of the table.' },
  ),
  CONVERSATION_NOT_FOUND: entry(
    { fr: 'Cette conversation n’existe plus.', en: 'This conversation no longer exists.' },
    { fr: 'Choisissez-en une autre dans la liste.', en: 'Choose another one from the list.' },
  ),
  COMPARISON_NOT_FOUND: entry(
    { fr: 'Cette comparaison n’existe plus.', en: 'That comparison does not exist any more.' },
    { fr: 'Choisissez-en une dans la liste.', en: 'Choose one from the list.' },
  ),
  CONVERSATION_BUSY: entry(
    {
      fr: 'Une réponse est déjà en cours dans cette conversation.',
      en: 'This conversation is already being answered.',
    },
    { fr: 'Attendez qu’elle se termine ou arrêtez-la.', en: 'Wait for the answer to end, or stop it.' },
  ),
  CONVERSATION_READ_ONLY: entry(
    {
      fr: 'Cette conversation vient d’un autre programme et ne peut pas être modifiée.',
      en: 'This conversation comes from another program and cannot be changed.',
    },
    { fr: 'Copiez-la pour la continuer.', en: 'Copy it to go on with it.' },
  ),
  MESSAGE_NOT_FOUND: entry(
    { fr: 'Ce message n’existe plus.', en: 'This message no longer exists.' },
    { fr: 'Rouvrez la conversation.', en: 'Open the conversation again.' },
  ),
  STORE_UNREADABLE: entry(
    {
      fr: (details) => `Les données enregistrées${named(details, 'path')} ne peuvent être ni lues ni écrites.`,
      en: (details) => `The stored data${named(details, 'path')} cannot be read or written.`,
    },
    {
      fr: 'Vérifiez la place sur le disque et vos droits sur le dossier de données.',
      en: 'Check the free disk space and your permissions on the data folder.',
    },
  ),
  ...engineErrorTexts,
  ...historyErrorTexts,
  ...hubErrorTexts,
  ...inspectionErrorTexts,
  ...modelErrorTexts,
  ...samplingErrorTexts,
  ...searchErrorTexts,
  CANCELLED: entry(
    { fr: 'L’opération a été interrompue.', en: 'The operation was cancelled.' },
    { fr: 'Relancez-la si besoin.', en: 'Start it again if you need it.' },
  ),
  CONNECTION_LOST: entry(
    { fr: 'La connexion à l’application est perdue.', en: 'The connection to the application is lost.' },
    {
      fr: 'Elle se rétablit d’elle-même ; sinon, relancez l’application.',
      en: 'It comes back by itself; if it does not, start the application again.',
    },
  ),
  INTERNAL: entry(
    { fr: 'Une erreur imprévue s’est produite.', en: 'An unexpected error occurred.' },
    {
      fr: 'Recommencez ; si cela se répète, signalez-le avec le détail technique.',
      en: 'Try again; if it happens again, report it with the technical detail.',
    },
  ),
};
