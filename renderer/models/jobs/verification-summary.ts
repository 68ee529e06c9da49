/** What of many checks is worth a line. */
import type { VerificationCheck } from '../../../main/contract/verification.ts';

/** Those that failed before those that passed; otherwise as they were. */
export function failedFirst(checks: readonly VerificationCheck[]): VerificationCheck[] {
  return [...checks.filter(({ passed }) => !passed), ...checks.filter(({ passed }) => passed)];
}

/** Of the check that came nearest to what is tolerated; `null` where nothing was measured. */
export function largestDifference(
  checks: readonly VerificationCheck[],
): { difference: number; tolerance: number } | null {
  let largest: { difference: number; tolerance: number } | null = null;
  for (const { difference, tolerance } of checks) {
    if (difference === null || tolerance === null || tolerance === 0) continue;
    if (largest === null || difference / tolerance > largest.difference / largest.tolerance)
      largest = { difference, tolerance };
  }
  return largest;
}
