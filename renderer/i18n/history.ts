/** Texts of the list of conversations: search, folders, titles, export and import. */
import type { ExportFormat } from '../../main/contract/chat-history.ts';
import type { ImportedKind, SkippedPart } from '../../main/contract/conversation-import.ts';
import { phrase, type Phrase } from './phrase.ts';

export type ListHeading = 'pinned' | 'today' | 'yesterday' | 'week' | 'older';

export const listHeadings: Record<ListHeading, Phrase> = {
  pinned: { fr: 'Épinglées', en: 'Pinned' },
  today: { fr: 'Aujourd’hui', en: 'Today' },
  yesterday: { fr: 'Hier', en: 'Yesterday' },
  week: { fr: 'Sept derniers jours', en: 'Last seven days' },
  older: { fr: 'Plus anciennes', en: 'Older' },
};

export const exportFormats: Record<ExportFormat, Phrase> = {
  json: { fr: 'JSON : tout, avec les tokens et les reçus', en: 'JSON: everything, with tokens and receipts' },
  markdown: { fr: 'Markdown : la branche affichée', en: 'Markdown: the shown branch' },
  html: { fr: 'Page HTML : la branche affichée', en: 'HTML page: the shown branch' },
};

export const importedKinds: Record<ImportedKind, Phrase> = {
  'lucie-workbench': { fr: 'Lucie Workbench', en: 'Lucie Workbench' },
  chatgpt: { fr: 'ChatGPT', en: 'ChatGPT' },
  'lm-studio': { fr: 'LM Studio', en: 'LM Studio' },
};

export const skipReasons: Record<SkippedPart['reason'], Phrase> = {
  invalid: { fr: 'forme inattendue', en: 'unexpected form' },
  'too-large': { fr: 'trop longue', en: 'too long' },
  empty: { fr: 'aucun texte', en: 'no text' },
  'file-ends': { fr: 'le fichier s’interrompt ici', en: 'the file breaks off here' },
};

const conversations = {
  fr: { one: 'conversation', other: 'conversations' },
  en: { one: 'conversation', other: 'conversations' },
};

export const historyTexts = {
  actions: phrase<{ title: string }>({
    fr: ({ title }) => `Actions pour « ${title} »`,
    en: ({ title }) => `Actions for “${title}”`,
  }),
  listActions: { fr: 'Dossiers, import et export', en: 'Folders, import and export' },
  proposeTitle: { fr: 'Titre proposé par le modèle', en: 'Title proposed by the model' },
  propose: { fr: 'Laisser le modèle proposer un titre', en: 'Let the model propose a title' },
  proposing: { fr: 'Le modèle cherche un titre…', en: 'The model is looking for a title…' },
  stopProposing: { fr: 'Arrêter', en: 'Stop' },
  proposed: { fr: 'Proposition du modèle : Entrée pour la garder', en: 'The model’s proposal: Enter keeps it' },
  noProposal: { fr: 'Le modèle n’a pas écrit de titre.', en: 'The model wrote no title.' },
  renamed: phrase<{ title: string }>({
    fr: ({ title }) => `Renommée en « ${title} »`,
    en: ({ title }) => `Renamed to “${title}”`,
  }),
  pin: { fr: 'Épingler', en: 'Pin' },
  unpin: { fr: 'Désépingler', en: 'Unpin' },
  pinned: { fr: 'épinglée', en: 'pinned' },
  readOnly: { fr: 'lecture seule', en: 'read only' },
  copy: { fr: 'Copier dans mes conversations', en: 'Copy into my conversations' },
  copied: phrase<{ title: string }>({
    fr: ({ title }) => `« ${title} » copiée : la copie peut être continuée`,
    en: ({ title }) => `“${title}” copied: the copy can be gone on with`,
  }),
  move: { fr: 'Ranger dans un dossier', en: 'Move to a folder' },
  noFolder: { fr: 'Aucun dossier', en: 'No folder' },
  back: { fr: 'Retour', en: 'Back' },
  newFolder: { fr: 'Nouveau dossier', en: 'New folder' },
  folderName: { fr: 'Nom du dossier', en: 'Name of the folder' },
  renameFolder: { fr: 'Renommer le dossier', en: 'Rename the folder' },
  removeFolder: { fr: 'Supprimer le dossier', en: 'Delete the folder' },
  folderRemoved: phrase<{ name: string }>({
    fr: ({ name }) => `Dossier « ${name} » supprimé ; ses conversations restent`,
    en: ({ name }) => `Folder “${name}” deleted; its conversations stay`,
  }),
  folder: phrase<{ name: string; count: number }>({
    fr: ({ name, count }, format) => `${name}, ${format.count(count, conversations.fr)}`,
    en: ({ name, count }, format) => `${name}, ${format.count(count, conversations.en)}`,
  }),
  emptyFolder: { fr: 'Dossier vide', en: 'Empty folder' },
  export: { fr: 'Exporter', en: 'Export' },
  exportAll: { fr: 'Tout exporter', en: 'Export everything' },
  exporting: { fr: 'Export en cours', en: 'Exporting' },
  exported: phrase<{ count: number; fileName: string }>({
    fr: ({ count, fileName }, format) =>
      `${format.count(count, conversations.fr)} ${format.plural(count, { one: 'exportée', other: 'exportées' })} : ${fileName}`,
    en: ({ count, fileName }, format) => `${format.count(count, conversations.en)} exported: ${fileName}`,
  }),
  import: { fr: 'Importer des conversations', en: 'Import conversations' },
  importing: phrase<{ name: string }>({
    fr: ({ name }) => `Import de ${name}`,
    en: ({ name }) => `Importing ${name}`,
  }),
  dropHere: { fr: 'Déposez un fichier de conversations', en: 'Drop a file of conversations' },
  importDone: phrase<{ kind: string; count: number }>({
    fr: ({ kind, count }, format) =>
      `${kind} : ${format.count(count, conversations.fr)} ${format.plural(count, { one: 'importée', other: 'importées' })}`,
    en: ({ kind, count }, format) => `${kind}: ${format.count(count, conversations.en)} imported`,
  }),
  foreignReadOnly: {
    fr: 'Elles sont en lecture seule ; une copie peut être continuée.',
    en: 'They are read only; a copy can be gone on with.',
  },
  unchanged: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, conversations.fr)} déjà ${format.plural(count, { one: 'présente', other: 'présentes' })}, sans changement`,
    en: ({ count }, format) => `${format.count(count, conversations.en)} already here, unchanged`,
  }),
  underNewIds: phrase<{ count: number; titles: string }>({
    fr: ({ count, titles }, format) =>
      `${format.count(count, { one: 'conversation existait', other: 'conversations existaient' })} avec d’autres messages ; les deux sont là : ${titles}`,
    en: ({ count, titles }, format) =>
      `${format.count(count, { one: 'conversation was', other: 'conversations were' })} here with other messages; both are kept: ${titles}`,
  }),
  omitted: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'élément qui n’est pas du texte a été laissé', other: 'éléments qui ne sont pas du texte ont été laissés' })} : images, fichiers, appels d’outils, raisonnement masqué`,
    en: ({ count }, format) =>
      `${format.count(count, { one: 'part that is no text was left out', other: 'parts that are no text were left out' })}: pictures, files, tool calls, hidden reasoning`,
  }),
  skipped: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `${format.count(count, { one: 'partie n’a pas pu être reprise', other: 'parties n’ont pas pu être reprises' })}`,
    en: ({ count }, format) => `${format.count(count, { one: 'part', other: 'parts' })} could not be taken`,
  }),
  notNamed: phrase<{ count: number }>({
    fr: ({ count }, format) => `et ${format.number(count)} de plus`,
    en: ({ count }, format) => `and ${format.number(count)} more`,
  }),
  matches: phrase<{ count: number }>({
    fr: ({ count }, format) => format.count(count, { one: 'passage', other: 'passages' }),
    en: ({ count }, format) => format.count(count, { one: 'place', other: 'places' }),
  }),
  found: phrase<{ count: number; shown: number }>({
    fr: ({ count, shown }, format) =>
      `${format.count(count, conversations.fr)}${shown < count ? `, les ${format.number(shown)} meilleures affichées` : ''}`,
    en: ({ count, shown }, format) =>
      `${format.count(count, conversations.en)}${shown < count ? `, the best ${format.number(shown)} shown` : ''}`,
  }),
  rankedOnly: phrase<{ count: number }>({
    fr: ({ count }, format) =>
      `Seuls les ${format.number(count)} passages les plus récents ont été classés ; précisez.`,
    en: ({ count }, format) => `Only the newest ${format.number(count)} places were ranked; be more precise.`,
  }),
};
