/**
 * `node native-models/export-cli.ts SOURCE OUT --target cpu`: the exporter from a terminal. Progress on stderr, result on stdout.
 * SOURCE is a folder or an address such as `https://huggingface.co/OWNER/NAME/resolve/REVISION/`, whose weights stream
 * through without being stored. What is interrupted goes on when the same command is run again.
 */
import { parseArgs } from 'node:util';
import { defaultTextPath, readTexts, textSequences } from './calibrate/text-sequences.ts';
import { ExportError } from './export-error.ts';
import { exportForTarget } from './export-target.ts';
import { exportModel, type ExportOptions, type ExportReport } from './export.ts';
import type { ExportProgress } from './progress.ts';
import { targetNames, variantNames, type TargetName } from './variants.ts';

const usage = `node native-models/export-cli.ts SOURCE OUT [--revision NAME]
  --target ${targetNames.join('|')}                      what a machine runs best
      [--calibrate TEXT-FILE]...           texts for the int8 KV cache of the CPU (default: this program's own)
      [--no-calibrate]                     no int8 KV cache
  --variants ${variantNames.join(',')}                     or single graphs (default q4, block 32)`;

interface Arguments {
  positionals: string[];
  values: { variants?: string; target?: string; calibrate?: string[]; 'no-calibrate'?: boolean; revision?: string };
}

function parseArguments(): Arguments {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        variants: { type: 'string' },
        target: { type: 'string' },
        calibrate: { type: 'string', multiple: true },
        'no-calibrate': { type: 'boolean' },
        revision: { type: 'string' },
      },
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError('request.invalid', message, { action: usage, cause });
  }
}

type Request = Omit<ExportOptions, 'variants' | 'onProgress' | 'signal'>;
type Run = (request: Request & Pick<ExportOptions, 'onProgress' | 'signal'>) => Promise<ExportReport>;

/** Everything that can be wrong with the request is found here, before the export begins. */
async function parseRequest(): Promise<{ request: Request; run: Run }> {
  const { positionals, values } = parseArguments();
  const [sourceFolder, outputFolder, ...others] = positionals;
  if (sourceFolder === undefined || outputFolder === undefined || others.length > 0) {
    throw new ExportError('request.invalid', `Two folders are needed; ${positionals.length} given.`, { action: usage });
  }
  const revision = values.revision === undefined ? {} : { revision: values.revision };
  const http = { headers: tokenFor(sourceFolder) };
  const request: Request = { sourceFolder, outputFolder, ...revision, interrupted: 'keep', http };
  if (values.target === undefined) {
    const variants = (values.variants ?? 'q4').split(',').map((name) => known(variantNames, 'variant', name));
    return { request, run: (options) => exportModel({ ...options, variants }) };
  }
  if (values.variants !== undefined) {
    throw new ExportError('request.invalid', 'A target has its own variants.', { action: usage });
  }
  const target: TargetName = known(targetNames, 'target', values.target);
  if (values['no-calibrate'] === true) {
    if (values.calibrate === undefined) return { request, run: (options) => exportForTarget({ ...options, target }) };
    throw new ExportError('request.invalid', 'A calibration text and no calibration were asked for.', {
      action: usage,
    });
  }
  const texts = await readTexts(values.calibrate ?? [defaultTextPath]);
  const calibrationSequences = (folder: string) => textSequences(folder, texts);
  return { request, run: (options) => exportForTarget({ ...options, target, calibrationSequences }) };
}

function known<Name extends string>(names: readonly Name[], kind: string, given: string): Name {
  const name = names.find((candidate) => candidate === given);
  if (name !== undefined) return name;
  const message = `Unknown ${kind} "${given}"; known: ${names.join(', ')}.`;
  throw new ExportError('request.invalid', message, { action: usage });
}

/** HF_TOKEN, for the hub only: no other server may learn it. */
function tokenFor(source: string): Record<string, string> {
  const { HF_TOKEN: token, HF_ENDPOINT: hub = 'https://huggingface.co' } = process.env;
  const isHub = URL.canParse(source) && URL.canParse(hub) && new URL(source).origin === new URL(hub).origin;
  return token !== undefined && isHub ? { authorization: `Bearer ${token}` } : {};
}

let shown = -1;
function showProgress({ phase, done, total }: ExportProgress): void {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  if (percent === shown) return;
  shown = percent;
  process.stderr.write(`\r${phase} ${percent} % `);
  if (percent === 100) process.stderr.write('\n');
}

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());

try {
  const { request, run } = await parseRequest();
  const report = await run({ ...request, onProgress: showProgress, signal: interruption.signal });
  const { files, ignoredTensors, overrides } = report;
  for (const { reason } of overrides) process.stderr.write(`${reason}\n`);
  if (ignoredTensors.length > 0) {
    process.stderr.write(`${ignoredTensors.length} tensors ignored: ${ignoredTensors.slice(0, 3).join(', ')} …\n`);
  }
  for (const [name, { byteLength }] of Object.entries(files)) process.stdout.write(`${byteLength}\t${name}\n`);
} catch (error) {
  if (error instanceof ExportError) process.stderr.write(`\n${error.message}\n${error.action}\n`);
  else if (interruption.signal.aborted) process.stderr.write('\nInterrupted; the same command goes on from here.\n');
  else process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}
