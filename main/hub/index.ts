/** The Hugging Face hub: revisions, listings, and downloads that are resumed and verified (docs/hub.md). */
export { HubAccess } from './access.ts';
export { chooseModelFiles, type ModelForm } from './choose-model-files.ts';
export { downloadFiles, type DownloadOptions, type DownloadOutcome } from './download-files.ts';
export { listFiles, type HubFile } from './list-files.ts';
export { folderFor, originFile, pullModel, type PulledModel, type PullOptions } from './pull-model.ts';
export { defaultRevision, parseModelName, type HubRepository } from './repository.ts';
export { checkPaths } from './safe-path.ts';
export { freeBytes } from './disk.ts';
export { readSmallFile } from './read-small-file.ts';
export { resolveRevision } from './resolve-revision.ts';
export { verifyFile } from './verify-file.ts';
