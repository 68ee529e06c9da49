/** What the workbench uses of the exporter. */
export { architectureOf } from './architectures/registry.ts';
export { ExportError, type ExportErrorCode, type ExportErrorDetails } from './export-error.ts';
export { exportForTarget, type TargetExportOptions } from './export-target.ts';
export { readTexts, textSequences } from './calibrate/text-sequences.ts';
export type { ExportReport } from './export.ts';
export type { ExportProgress } from './progress.ts';
export type { Precision } from './operators/model-build.ts';
export { bitsPerWeight } from './quantize/block-format.ts';
export { targetNames, targetVariants, type TargetName, type Variant } from './variants.ts';
