/** What a verification found, as data that JSON can hold: each check with what it compared, and a failed one with both sides. */
export type CheckKind =
  /** A recorded file: its size and SHA-256. */
  | 'file'
  /** A graph against what config.json and the recorded variant imply. */
  | 'graph'
  /** The stored cosines and sines against the configuration. */
  | 'rotary'
  /** A part of the graph run by ONNX Runtime, against a float64 calculation from the stored weights. */
  | 'embedding'
  | 'layer'
  | 'head'
  /** The published configuration and sampled rows of the published weights. */
  | 'source';

export interface CheckSubject {
  readonly kind: CheckKind;
  /** As workbench.json names it; `null` where a check is of no variant. */
  readonly variant: string | null;
  /** The file, layer or matrix. */
  readonly subject: string;
  /** In words. */
  readonly compared: string;
}

export interface Measured {
  /**
   * The norm of the difference over the norm of what was expected, unless `compared` says otherwise; `null` where nothing is
   * measured.
   */
  readonly difference: number | null;
  readonly tolerance: number | null;
}

export type Check = CheckSubject &
  Measured &
  ({ readonly outcome: 'passed' } | { readonly outcome: 'failed'; readonly expected: string; readonly actual: string });

export interface VerificationReport {
  readonly passed: boolean;
  readonly checks: readonly Check[];
}

const nothingMeasured: Measured = { difference: null, tolerance: null };

export function passed(subject: CheckSubject, measured: Measured = nothingMeasured): Check {
  return { ...subject, ...measured, outcome: 'passed' };
}

export function failed(
  subject: CheckSubject,
  expected: string,
  actual: string,
  measured: Measured = nothingMeasured,
): Check {
  return { ...subject, ...measured, outcome: 'failed', expected, actual };
}

export function within(subject: CheckSubject, difference: number, tolerance: number): Check {
  const measured = { difference, tolerance };
  if (difference <= tolerance) return passed(subject, measured);
  return failed(subject, `a difference of at most ${tolerance}`, String(difference), measured);
}

export function reportOf(checks: readonly Check[]): VerificationReport {
  return { passed: checks.every(({ outcome }) => outcome === 'passed'), checks };
}
