/** Stops an export whose own files do not pass: nothing gets its name. */
import { ExportError } from '../export-error.ts';
import type { VerificationReport } from './report.ts';

/** Throws `verification.failed`, with the first failure in words. */
export function requireVerified({ checks }: VerificationReport): void {
  const failures = checks.filter((check) => check.outcome === 'failed');
  const [first] = failures;
  if (first === undefined) return;
  const { subject, compared, expected, actual } = first;
  throw new ExportError(
    'verification.failed',
    `${failures.length} of ${checks.length} checks of the export fail; the first: ${subject} (${compared}) should be ${shortened(expected)} and is ${shortened(actual)}.`,
    {
      action:
        'Export again into an empty folder. If it fails there too, check the disk and the memory, or report this.',
      details: { subject, expected: shortened(expected), actual: shortened(actual) },
    },
  );
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)} …` : text;
}
