/** The exporter, for whoever runs it: it loads ONNX Runtime. */
export { readTexts, textSequences } from './calibrate/text-sequences.ts';
export { exportForTarget } from './export-target.ts';
export { verifyModel, type Check, type VerificationReport } from './verify/index.ts';
