/** `lucie models pull`: a model from the hub; its folder on standard output, how far it is on standard error. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataFolder, pulledModelsFolder } from '../app/index.ts';
import { folderFor, HubAccess, parseModelName, pullModel as pull, type ModelForm } from '../hub/index.ts';
import { UsageError } from './arguments.ts';
import { interruptible } from './interruptible.ts';
import { megabytes } from './progress-line.ts';

export async function pullModel(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      data: { type: 'string' },
      onnx: { type: 'boolean' },
      safetensors: { type: 'boolean' },
    },
  });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) throw new UsageError('"lucie models pull" needs one OWNER/NAME.');
  if (values.onnx && values.safetensors) throw new UsageError('--onnx and --safetensors exclude each other.');
  const form: ModelForm | null = values.onnx ? 'onnx' : values.safetensors ? 'safetensors' : null;
  const { repository, revision } = parseModelName(name);
  const to = values.to ?? folderFor(pulledModelsFolder(values.data ?? defaultDataFolder()), repository, revision);
  return interruptible(async ({ signal, onProgress, note }) => {
    const { folder, commit, files, downloadedBytes } = await pull(HubAccess.fromEnvironment(), {
      repository,
      revision,
      form,
      to: resolve(to),
      signal,
      onProgress,
      onFile: (file, how) => note(`${file.path}  ${megabytes(file.byteLength)}  ${how}`),
    });
    process.stderr.write(
      `${repository.name} at ${commit}: ${files.length} files, ${megabytes(downloadedBytes)} downloaded, all verified\n`,
    );
    process.stdout.write(`${folder}\n`);
    return 0;
  });
}
