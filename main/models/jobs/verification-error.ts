/** A model that is not what it should be, as an error that names the first checks that failed. */
import { WorkbenchError } from '../../contract/errors.ts';
import type { Verification } from '../../contract/verification.ts';

const mostNamed = 5;

/** `null` where every check passed. */
export function verificationError({ passed, checks }: Verification): WorkbenchError | null {
  if (passed) return null;
  const failed = checks.filter((check) => !check.passed);
  const named = failed.slice(0, mostNamed).map(({ name, subject, detail }) => `${name} of ${subject}: ${detail}`);
  return new WorkbenchError(
    'MODEL_VERIFICATION_FAILED',
    `${failed.length} of ${checks.length} checks failed. ${named.join('; ')}`,
    { action: 'Download or convert it again.', details: { check: failed[0]?.subject ?? '' } },
  );
}
