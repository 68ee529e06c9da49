/**
 * What the workbench uses of the exporter without loading it: which models it can export, into what, what a graph refers to, and
 * its errors.
 */
export { architectureOf } from './architectures/registry.ts';
export { ExportError, type ExportErrorCode, type ExportErrorDetails } from './export-error.ts';
export { hashFile } from './files/hash-file.ts';
export { isRunning } from './files/is-running.ts';
export { plainFileSize } from './files/plain-file.ts';
export { externalTensorsOf } from './onnx/external-tensors.ts';
export { fileBytes, type GraphBytes } from './onnx/graph-bytes.ts';
export type { Precision } from './operators/model-build.ts';
export { bitsPerWeight } from './quantize/block-format.ts';
export { targetVariants } from './variants.ts';
