/** The exporter's checks in the words of the contract. */
import type { Verification, VerificationCheck } from '../contract/verification.ts';
import type { Check, VerificationReport } from '../../native-models/index.ts';

const longest = 300;

export function verificationOf({ passed, checks }: VerificationReport): Verification {
  return { passed, checks: checks.map(checkOf) };
}

function checkOf(check: Check): VerificationCheck {
  const { kind, variant, subject, compared, difference, tolerance, outcome } = check;
  const found = outcome === 'passed' ? '' : `: expected ${shortened(check.expected)}, found ${shortened(check.actual)}`;
  return {
    name: kind,
    subject: variant === null ? subject : `${variant}: ${subject}`,
    passed: outcome === 'passed',
    detail: `${compared}${found}`,
    // JSON knows no infinity, which stands for a part that gives no number at all.
    difference: difference !== null && Number.isFinite(difference) ? difference : null,
    tolerance,
  };
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)} …` : text;
}
