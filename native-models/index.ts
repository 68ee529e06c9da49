/** The exporter, for whoever runs it: it loads ONNX Runtime. */
export { readTexts, textSequences } from './calibrate/text-sequences.ts';
export { exportForTarget } from './export-target.ts';
