/** The workbench as one thing that a host starts and stops. */
export { lockDataFolder } from './data-folder-lock.ts';
export { entryFiles, type EntryFiles } from './entry-files.ts';
export {
  defaultDataFolder,
  embeddedFiles,
  hubTokenizersFolder,
  pulledModelsFolder,
  type EmbeddedFiles,
} from './folders.ts';
export { openLog, type Log } from './log.ts';
export { version } from './versions.ts';
export { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';
