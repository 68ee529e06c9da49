/** What the workbench knows of the exporter without loading it: which models it can export, into what, and its errors. */
export { architectureOf } from './architectures/registry.ts';
export { ExportError, type ExportErrorCode, type ExportErrorDetails } from './export-error.ts';
export type { Precision } from './operators/model-build.ts';
export { bitsPerWeight } from './quantize/block-format.ts';
export { targetVariants } from './variants.ts';
