/** Who is writing into a model folder now: another workbench, or a command line. Both lock what they work on with their process id. */
import { join } from 'node:path';
import { WorkbenchError } from '../contract/errors.ts';
import { lockHolder } from '../files/process-lock.ts';

/** Of the exporter and of the hub client. */
const lockNames = [join('.export', 'lock'), '.download.lock'];

/** @throws WorkbenchError `FOLDER_BUSY` */
export function checkNoWriter(folder: string): void {
  const holder = lockNames.map((name) => lockHolder(join(folder, name))).find((found) => found !== null);
  if (holder === undefined) return;
  throw new WorkbenchError('FOLDER_BUSY', `Process ${holder} is writing into ${folder}.`, {
    action: 'Wait for its end, or stop it.',
    details: { path: folder, processId: holder },
  });
}
