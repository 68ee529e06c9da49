/**
 * Exports what a kind of machine runs best (docs/quantisation.md): for a GPU `model_q4f16.onnx`; for a CPU `model_q4.onnx` and, where
 * text to calibrate with is given, `model_q4_kv8.onnx` over the same data. An int8 cache cannot be made without having seen how
 * large keys and values become.
 */
import { join } from 'node:path';
import { addInt8Cache } from './calibrate/add-int8-cache.ts';
import { calibrate } from './calibrate/calibrate.ts';
import { exportModel, type ExportOptions, type ExportReport } from './export.ts';
import { targetVariants, variants, type TargetName, type TargetOptions } from './variants.ts';

export interface TargetExportOptions extends Omit<ExportOptions, 'variants'>, TargetOptions {
  readonly target: TargetName;
  /**
   * Token ids of texts like those that the model will see, made when the output folder has its tokenizer; the longest one bounds
   * the memory of the run. None: no int8 cache.
   */
  readonly calibrationSequences?: (modelFolder: string) => Promise<readonly (readonly number[])[]>;
}

/** Throws `ExportError`, or the reason of `signal`. An export that fails in calibration is complete but for the int8 cache. */
export async function exportForTarget(options: TargetExportOptions): Promise<ExportReport> {
  const { target, calibrationSequences, outputFolder, signal, onProgress } = options;
  const { variants: written, ...report } = await exportModel({ ...options, variants: targetVariants(target, options) });
  const sequences = target === 'gpu' ? [] : ((await calibrationSequences?.(outputFolder)) ?? []);
  if (sequences.length === 0) return { ...report, variants: written };
  const onTokens = (done: number, total: number) => onProgress?.({ phase: 'calibrate', done, total, unit: 'tokens' });
  const modelPath = join(outputFolder, 'onnx', variants.q4.fileName);
  const added = await addInt8Cache(outputFolder, await calibrate({ modelPath, sequences, signal, onTokens }));
  return { ...report, variants: written, files: { ...report.files, ...added } };
}
