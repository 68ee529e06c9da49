/** Errors of folders, and of files of conversations: why one cannot be taken in. */
import type { ErrorDetails } from '../../main/contract/errors.ts';
import { entry, type ErrorText } from './error-text.ts';
import { phrase, type Phrase } from './phrase.ts';

const chooseAnother: Phrase = {
  fr: 'Choisissez un fichier JSON de Lucie Workbench, de ChatGPT (conversations.json) ou de LM Studio.',
  en: 'Choose a JSON file of Lucie Workbench, of ChatGPT (conversations.json) or of LM Studio.',
};

const faults: Record<string, { message: Phrase; action: Phrase }> = {
  zip: {
    message: { fr: 'C’est une archive zip.', en: 'This is a zip archive.' },
    action: {
      fr: 'Décompressez-la, puis importez le conversations.json qu’elle contient.',
      en: 'Unpack it, then import the conversations.json that is in it.',
    },
  },
  'not-json': {
    message: { fr: 'Ce fichier n’est pas du JSON en UTF-8.', en: 'This file is not JSON in UTF-8.' },
    action: chooseAnother,
  },
  newer: {
    message: {
      fr: 'Ce fichier vient d’une version plus récente de Lucie Workbench.',
      en: 'This file is of a newer version of Lucie Workbench.',
    },
    action: { fr: 'Importez-le avec cette version.', en: 'Import it with that version.' },
  },
  broken: {
    message: { fr: 'Le JSON de ce fichier est abîmé.', en: 'The JSON of this file is broken.' },
    action: {
      fr: 'Exportez de nouveau les conversations ; le détail dit à quel caractère il est abîmé.',
      en: 'Export the conversations again; the detail says at which character it is broken.',
    },
  },
  'ends-early': {
    message: { fr: 'Ce fichier s’interrompt au milieu.', en: 'This file ends in the middle.' },
    action: {
      fr: 'Il n’a peut-être été copié qu’en partie : reprenez-le à sa source.',
      en: 'It may have been copied only in part: get it again.',
    },
  },
  nothing: {
    message: { fr: 'Ce fichier ne contient aucune conversation.', en: 'This file has no conversation.' },
    action: chooseAnother,
  },
};
const otherFault = {
  message: { fr: 'Ce fichier ne peut pas être importé.', en: 'This file cannot be imported.' },
  action: chooseAnother,
};

const faultOf = ({ reason }: ErrorDetails) => faults[String(reason)] ?? otherFault;

export const historyErrorTexts: Record<'FOLDER_NOT_FOUND' | 'CONVERSATION_FILE_INVALID', ErrorText> = {
  FOLDER_NOT_FOUND: entry(
    { fr: 'Ce dossier n’existe plus.', en: 'This folder does not exist any more.' },
    { fr: 'Choisissez-en un autre dans la liste.', en: 'Choose another one from the list.' },
  ),
  CONVERSATION_FILE_INVALID: {
    message: phrase<ErrorDetails>({
      fr: (details) => faultOf(details).message.fr,
      en: (details) => faultOf(details).message.en,
    }),
    action: phrase<ErrorDetails>({
      fr: (details) => faultOf(details).action.fr,
      en: (details) => faultOf(details).action.en,
    }),
  },
};
