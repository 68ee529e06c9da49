/** What can go wrong with a download from the hub. */
import { against, entry, named } from './error-text.ts';

/** ` (huggingface.co)`, or nothing. */
const at = (details: Record<string, string | number>): string =>
  details.host === undefined ? '' : ` (${details.host})`;

export const hubErrorTexts = {
  HUB_UNREACHABLE: entry(
    {
      fr: (details) => `Le hub${at(details)} n’a pas pu être joint jusqu’au bout.`,
      en: (details) => `The hub${at(details)} could not be reached to the end.`,
    },
    {
      fr: 'Vérifiez le réseau, puis relancez : ce qui est arrivé est gardé.',
      en: 'Check the network, then start again: what has arrived is kept.',
    },
  ),
  HUB_RATE_LIMITED: entry(
    {
      fr: (details) => `Le hub${at(details)} limite le nombre de requêtes.`,
      en: (details) => `The hub${at(details)} limits the number of requests.`,
    },
    {
      fr: 'Attendez quelques minutes, puis relancez ; un jeton (HF_TOKEN) relève la limite.',
      en: 'Wait a few minutes, then start again; a token (HF_TOKEN) raises the limit.',
    },
  ),
  HUB_NOT_FOUND: entry(
    {
      fr: (details) => `Le hub${at(details)} n’a pas ce dépôt, cette révision ou ce fichier.`,
      en: (details) => `The hub${at(details)} does not have that repository, revision or file.`,
    },
    {
      fr: 'Vérifiez le propriétaire, le nom et la révision sur le hub.',
      en: 'Check the owner, the name and the revision on the hub.',
    },
  ),
  HUB_FORBIDDEN: entry(
    {
      fr: ({ reason }) =>
        reason === 'gated'
          ? 'Ce dépôt n’est ouvert qu’à ceux qui ont accepté ses conditions.'
          : 'Ce dépôt est privé ou n’existe pas.',
      en: ({ reason }) =>
        reason === 'gated'
          ? 'That repository is open only to those who accepted its conditions.'
          : 'That repository is private or does not exist.',
    },
    {
      fr: 'Vérifiez le nom, ou donnez dans HF_TOKEN un jeton qui a le droit de le lire.',
      en: 'Check the name, or set HF_TOKEN to a token that may read it.',
    },
  ),
  HUB_RESPONSE_INVALID: entry(
    {
      fr: (details) => `Le hub${at(details)} a donné une réponse qui ne peut pas être utilisée.`,
      en: (details) => `The hub${at(details)} gave an answer that cannot be used.`,
    },
    {
      fr: 'Réessayez plus tard ; si HF_ENDPOINT désigne un miroir, prenez-en un autre.',
      en: 'Try again later; where HF_ENDPOINT names a mirror, try another one.',
    },
  ),
  HASH_MISMATCH: entry(
    {
      fr: (details) => `Le fichier${named(details, 'file')} n’est pas celui qu’annonce le hub.`,
      en: (details) => `The file${named(details, 'file')} is not the one that the hub lists.`,
    },
    {
      fr: 'Il n’a pas été gardé ; relancez le téléchargement.',
      en: 'It was not kept; start the download again.',
    },
  ),
  DISK_FULL: entry(
    {
      fr: (details, format) =>
        `Il n’y a pas assez de place sur le disque${against(details, 'bytes', 'limit', format, 'octets pour')}.`,
      en: (details, format) =>
        `There is not enough space on the disk${against(details, 'bytes', 'limit', format, 'bytes for')}.`,
    },
    {
      fr: 'Libérez de la place, ou choisissez un dossier sur un autre disque.',
      en: 'Free some space, or choose a folder on another disk.',
    },
  ),
  FOLDER_UNWRITABLE: entry(
    {
      fr: (details) => `Le dossier${named(details, 'path')} ne peut pas être écrit.`,
      en: (details) => `The folder${named(details, 'path')} cannot be written.`,
    },
    {
      fr: 'Vérifiez vos droits, ou choisissez un autre dossier.',
      en: 'Check your permissions, or choose another folder.',
    },
  ),
};
