/** `convert-child.ts SOURCE OUTPUT TARGET`: one conversion in a process of its own; what it cost, as JSON. */
import { exportForTarget } from '../../../native-models/export-target.ts';
import type { TargetName } from '../../../native-models/variants.ts';

const [sourceFolder = '', outputFolder = '', target = 'cpu'] = process.argv.slice(2);
const begun = performance.now();
let convertedAt = begun;
await exportForTarget({
  sourceFolder,
  outputFolder,
  target: target as TargetName,
  onProgress: ({ phase }) => {
    if (phase === 'convert') convertedAt = performance.now();
  },
});
const seconds = (convertedAt - begun) / 1_000;
const verifySeconds = (performance.now() - convertedAt) / 1_000;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({ seconds, verifySeconds, peakBytes: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }),
);
