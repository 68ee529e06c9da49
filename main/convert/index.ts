/**
 * Published weights into ONNX folders, and their verification (docs/quantisation.md). The exporter is loaded when its work
 * begins: ONNX Runtime has no place in a process that only describes models.
 */
import type { ConversionReport, ConversionRequest } from '../contract/conversion.ts';
import type { Verification } from '../contract/verification.ts';
import type { ConvertOptions } from './convert-model.ts';

export { checkConvertible } from './check-convertible.ts';
export type { ConvertOptions } from './convert-model.ts';
export { quantizeWorkerFile } from './quantize-worker-file.ts';

export async function convertModel(request: ConversionRequest, options: ConvertOptions): Promise<ConversionReport> {
  return (await import('./convert-model.ts')).convertModel(request, options);
}

export async function verifyFolder(folder: string, options: ConvertOptions): Promise<Verification> {
  return (await import('./verify-folder.ts')).verifyFolder(folder, options);
}
