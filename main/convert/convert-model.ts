/**
 * Published weights into an ONNX folder, by the exporter. It runs wherever it is called: the workbench calls it in a process of
 * its own, the command line in its own.
 */
import type { ConversionReport, ConversionRequest } from '../contract/conversion.ts';
import type { Progress } from '../contract/progress.ts';
import { HubAccess } from '../hub/index.ts';
import { exportForTarget, readTexts, textSequences } from '../../native-models/index.ts';
import { conversionError } from './conversion-error.ts';
import { verificationOf } from './verification-report.ts';

export interface ConvertOptions {
  signal?: AbortSignal | undefined;
  onProgress?: (progress: Progress) => void;
  /** The file of the exporter's worker thread, where a bundler has put it. */
  workerModule?: string;
}

/** @throws WorkbenchError of `conversionErrors`, or the reason of the signal. */
export async function convertModel(request: ConversionRequest, options: ConvertOptions): Promise<ConversionReport> {
  const { source, outputFolder, target, revision, origin, calibrationTexts } = request;
  const { signal, onProgress, workerModule } = options;
  try {
    const texts = target === 'gpu' ? [] : await readTexts(calibrationTexts);
    const { files, overrides, ignoredTensors, verification } = await exportForTarget({
      sourceFolder: source,
      outputFolder,
      target,
      interrupted: 'keep',
      workerModule,
      http: { headers: headersFor(source) },
      calibrationSequences: (folder) => textSequences(folder, texts),
      onProgress: (progress) => onProgress?.(progress),
      ...(revision === null ? {} : { revision }),
      ...(origin === null ? {} : { origin }),
      ...(signal === undefined ? {} : { signal }),
    });
    return {
      files: Object.entries(files).map(([name, { byteLength }]) => ({ name, byteLength })),
      notes: [...overrides.map(({ reason }) => reason), ...noteOfIgnored(ignoredTensors)],
      verification: verification === null ? null : verificationOf(verification),
    };
  } catch (thrown) {
    throw conversionError(thrown);
  }
}

/** The token goes to the hub only: no other server may learn it. */
function headersFor(source: string): Record<string, string> {
  const url = URL.parse(source);
  return url === null ? {} : HubAccess.fromEnvironment().headersFor(url);
}

function noteOfIgnored(tensors: readonly string[]): string[] {
  if (tensors.length === 0) return [];
  const first = tensors.slice(0, 3).join(', ');
  return [`${tensors.length} tensors of the source are not part of the model and were left out: ${first}.`];
}
