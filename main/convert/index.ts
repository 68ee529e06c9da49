/** Published weights into ONNX folders, and their verification (docs/quantisation.md). */
export { convertModel, type ConvertOptions } from './convert-model.ts';
export { verifyFolder } from './verify-folder.ts';
