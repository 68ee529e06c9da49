/**
 * Exports what a kind of machine runs best (docs/quantisation.md): for a GPU `model_q4f16.onnx`; for a CPU `model_q4.onnx` and, where
 * there are sequences to calibrate with, `model_q4_kv8.onnx` over the same data. An int8 cache cannot be made without having seen
 * how large keys and values become.
 */
import { exportModel, type ExportOptions, type ExportReport } from './export.ts';
import { targetVariants, type TargetName, type TargetOptions } from './variants.ts';

export interface TargetExportOptions extends Omit<ExportOptions, 'variants'>, TargetOptions {
  readonly target: TargetName;
}

/** Throws `ExportError`, or the reason of `signal`. */
export function exportForTarget(options: TargetExportOptions): Promise<ExportReport> {
  return exportModel({ ...options, variants: targetVariants(options.target, options) });
}
