import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isRunning } from '../../../../native-models/files/is-running.ts';

test('this process runs, one that has ended does not', () => {
  expect(isRunning(process.pid)).toBe(true);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  expect(isRunning(pid)).toBe(false);
});

test.skipIf(process.platform !== 'linux')(
  'one that has ended and is not taken note of by its parent does not run',
  async () => {
    // A shell that starts a child, becomes `sleep`, and so never waits for it.
    const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [output] = (await once(parent.stdout, 'data')) as [Buffer];
      const child = Number(output.toString());
      expect(isRunning(child)).toBe(true);
      await expect.poll(() => isRunning(child)).toBe(false);
      expect(() => process.kill(child, 0)).not.toThrow();
      expect(isRunning(child)).toBe(false);
    } finally {
      parent.kill('SIGKILL');
    }
  },
);
