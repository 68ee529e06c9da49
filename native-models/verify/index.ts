/** Verification of model folders, for whoever is not the exporter. */
export { verifyModel } from './verify-model.ts';
export type { Check, VerificationReport } from './report.ts';
