/** Published weights into ONNX folders, and their verification (docs/quantisation.md). */
export { checkConvertible } from './check-convertible.ts';
export { convertModel, type ConvertOptions } from './convert-model.ts';
export { verifyFolder } from './verify-folder.ts';
