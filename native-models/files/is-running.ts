/** Whether a process is at work: not one that has ended and waits for its parent to notice, which signals still reach. */
import { readFileSync } from 'node:fs';

export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(processId);
}

/** The state follows the name, which is in brackets and may hold anything (proc_pid_stat(5)); only Linux tells. */
function isZombie(processId: number): boolean {
  try {
    const status = readFileSync(`/proc/${processId}/stat`, 'utf8');
    return status.slice(status.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}
