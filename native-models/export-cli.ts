/** `node native-models/export-cli.ts SOURCE OUT --variants fp32,q4`: the exporter from a terminal. Progress on stderr, result on stdout. */
import { parseArgs } from 'node:util';
import { ExportError } from './export-error.ts';
import { exportModel } from './export.ts';
import type { ExportProgress } from './progress.ts';
import { variantNames, type VariantName } from './variants.ts';

const usage = `node native-models/export-cli.ts SOURCE OUT [--variants ${variantNames.join(',')}]`;

function parseArguments(): { positionals: string[]; values: { variants: string } } {
  try {
    return parseArgs({ allowPositionals: true, options: { variants: { type: 'string', default: 'q4' } } });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ExportError('request.invalid', message, { action: usage, cause });
  }
}

function parseRequest(): { sourceFolder: string; outputFolder: string; variants: VariantName[] } {
  const { positionals, values } = parseArguments();
  const [sourceFolder, outputFolder, ...others] = positionals;
  if (sourceFolder === undefined || outputFolder === undefined || others.length > 0) {
    throw new ExportError('request.invalid', `Two folders are needed; ${positionals.length} given.`, { action: usage });
  }
  const variants = values.variants.split(',').map((name) => {
    const known = variantNames.find((variant) => variant === name);
    if (known !== undefined) return known;
    throw new ExportError('request.invalid', `Unknown variant "${name}"; known: ${variantNames.join(', ')}.`, {
      action: usage,
    });
  });
  return { sourceFolder, outputFolder, variants };
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
  const { files } = await exportModel({ ...parseRequest(), onProgress: showProgress, signal: interruption.signal });
  for (const [name, { byteLength }] of Object.entries(files)) process.stdout.write(`${byteLength}\t${name}\n`);
} catch (error) {
  if (error instanceof ExportError) process.stderr.write(`\n${error.message}\n${error.action}\n`);
  else if (interruption.signal.aborted) process.stderr.write('\nCancelled; nothing was written.\n');
  else process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}
