/** `lucie models convert`: published weights, from the hub or a folder, into a model folder; that one on standard output. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder, embeddedFiles, pulledModelsFolder, type EntryFiles } from '../app/index.ts';
import { targetSchema } from '../contract/model-family.ts';
import type { JobRequest } from '../contract/model-jobs.ts';
import { convertModel as convert, verifyFolder } from '../convert/index.ts';
import { folderFor, HubAccess, parseModelName } from '../hub/index.ts';
import { runRequest, verificationError, type Conversion } from '../models/index.ts';
import { dataOption, onlyPositional, UsageError } from './arguments.ts';
import { interruptible } from './interruptible.ts';

const options = {
  target: { type: 'string', default: 'cpu' },
  to: { type: 'string' },
  ...dataOption,
  'keep-source': { type: 'boolean', default: false },
  calibrate: { type: 'string', multiple: true },
  'no-calibrate': { type: 'boolean', default: false },
} as const;

export async function convertModel(args: string[], entry: EntryFiles): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const source = onlyPositional(positionals, '"lucie models convert" needs one OWNER/NAME[@REVISION] or one folder.');
  const target = targetSchema.safeParse(values.target).data;
  if (target === undefined) throw new UsageError(`--target is cpu, gpu or both, not "${values.target}".`);
  if (values['no-calibrate'] && values.calibrate !== undefined) {
    throw new UsageError('--calibrate and --no-calibrate exclude each other.');
  }
  const calibrationTexts = values['no-calibrate']
    ? []
    : (values.calibrate ?? [embeddedFiles(entry.rootFolder).calibrationText]);
  let request: JobRequest & { kind: 'get' | 'convert' };
  let folder: string;
  if (await isFolder(source)) {
    if (values['keep-source'] || values.to !== undefined) {
      throw new UsageError('The result of a folder is added to it: --to and --keep-source are for models of the hub.');
    }
    folder = resolve(source);
    request = { kind: 'convert', folder, target };
  } else {
    const { repository, revision } = parseModelName(source);
    const modelsFolder = pulledModelsFolder(values.data ?? defaultDataFolder());
    folder = resolve(values.to ?? folderFor(modelsFolder, repository, revision));
    request = { kind: 'get', repository: repository.name, revision, target, keepSource: values['keep-source'] };
  }
  return interruptible(async (work) => {
    const conversion: Conversion = {
      convert: (wanted, options) => convert(wanted, { ...options, workerModule: entry.quantizeWorker }),
      verify: verifyFolder,
    };
    const access = HubAccess.fromEnvironment();
    const result = await runRequest(request, { ...work, access, conversion, folder, calibrationTexts });
    const error = result.verification === null ? null : verificationError(result.verification);
    if (error !== null) throw error;
    for (const note of result.notes) process.stderr.write(`${note}\n`);
    process.stdout.write(`${folder}\n`);
    return 0;
  });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
