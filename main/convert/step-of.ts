/** The exporter's phases as the steps of a job; its variants are one step, counted through. */
import type { JobStep } from '../contract/model-jobs.ts';
import type { Progress } from '../contract/progress.ts';
import type { ExportProgress } from '../../native-models/index.ts';

const steps: Record<ExportProgress['phase'], JobStep> = {
  hash: 'check',
  fp32: 'convert',
  q4: 'convert',
  q4f16: 'convert',
  calibrate: 'calibrate',
  verify: 'verify',
};

/** With several variants each one reads all of the source: a third of the second of two is two thirds of the step. */
export function progressMapper(variantCount: number): (progress: ExportProgress) => Progress {
  const begun = new Set<string>();
  return ({ phase, done, total, unit }) => {
    const step = steps[phase];
    if (step !== 'convert') return { phase: step, done, total, unit };
    begun.add(phase);
    return { phase: step, done: (begun.size - 1) * total + done, total: variantCount * total, unit };
  };
}
