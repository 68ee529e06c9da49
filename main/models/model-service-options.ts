/** What the model service is made of. */
import type { DeviceWish } from '../contract/devices.ts';
import type { Logger } from '../logger/index.ts';
import type { LaunchProcess } from '../process/index.ts';

export interface ModelServiceOptions {
  embeddedFolder: string;
  userFolders: () => readonly string[];
  /** Where models of the hub are kept; none where it is left out. */
  pulledFolder?: string;
  launch: LaunchProcess;
  logger: Logger;
  /** What a model is loaded on, asked at every load; the best device where it is left out. */
  device?: () => DeviceWish;
  /** Told the id of every model that has loaded. */
  onLoaded?: (id: string) => void;
  /** Told the id of every model that was deleted. */
  onRemoved?: (id: string) => void;
  /** Where long sequences are kept between two uses of a model; `null` where they are not. */
  cacheFolder?: () => string | null;
  /** Throws where something else works in a folder that is to be deleted. */
  checkFolderFree?: (folder: string) => void;
  /** Without use for so long, the model is unloaded; asked again and again, 0 is never. Never where it is left out. */
  idleUnloadMs?: () => number;
  /** How often memory and idleness are looked at. */
  pollMs?: number;
  /** How long a generation may take to end once it is cancelled, before the engine process is replaced. */
  cancelLimitMs?: number;
}
