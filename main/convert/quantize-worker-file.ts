/**
 * Where the exporter's worker thread lies, seen from the file that was started: a source two folders below the root
 * (`main/convert/process.ts`), or the bundle beside it (`out/main/convert-process.js`).
 */
import { dirname, join, resolve } from 'node:path';

export function quantizeWorkerFile(startedFile: string): string {
  const folder = dirname(startedFile);
  return startedFile.endsWith('.ts')
    ? resolve(folder, '../../native-models/quantize/quantize-worker.ts')
    : join(folder, 'quantize-worker.js');
}
