/** How much memory a model may take on this machine. */
import { totalmem } from 'node:os';

/** macOS counts what it only keeps as "used"; three quarters is also what Metal lets a process have of shared memory. */
const shareOnMacOs = 0.75;

/** Free now, within the limits of a container; on macOS, a share of what is built in. */
export function availableMemoryBytes(platform = process.platform): number {
  return platform === 'darwin' ? Math.floor(totalmem() * shareOnMacOs) : process.availableMemory();
}
