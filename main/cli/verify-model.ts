/** `lucie models verify`: what was compared on standard output, a line each; exit code 1 where something is not as it should be. */
import { parseArgs } from 'node:util';
import type { EntryFiles } from '../app/index.ts';
import { verifyFolder } from '../convert/index.ts';
import { verificationError } from '../models/index.ts';
import { dataOption, onlyPositional } from './arguments.ts';
import { interruptible } from './interruptible.ts';
import { openCatalogue } from './open-catalogue.ts';

export async function verifyModel(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: dataOption });
  const id = onlyPositional(positionals, '"lucie models verify" needs one model: an id of the list, or a folder.');
  const catalogue = await openCatalogue(values.data, entry);
  const folder = await catalogue.folderOf(id);
  return interruptible(async (work) => {
    const verification = await verifyFolder(folder, work);
    for (const { passed, name, subject, detail } of verification.checks) {
      process.stdout.write(`${passed ? 'ok    ' : 'FAILED'}  ${name}  ${subject}  ${detail}\n`);
    }
    const error = verificationError(verification);
    if (error !== null) throw error;
    return 0;
  });
}
