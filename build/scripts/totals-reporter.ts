/** A Vitest reporter whose only line, the last of the run, is the totals. */
import type { Reporter, TestModule } from 'vitest/node';

export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const totals = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      // A file that could not be loaded has no test to count, and is a failure all the same.
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) totals.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') totals[state]++;
      }
    }
    process.once('exit', () => {
      process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
    });
  }
}
