/** Runs a program of this project with this Node; its output is ours. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root } from './freshness.ts';

/** Resolves with the exit code; where a signal ended the program with 128 and its number, as a shell does. */
export function run(file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(file, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
  // Ctrl+C reaches the child by itself; this process waits for it to end in its own way.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  const forward = () => child.kill('SIGTERM');
  process.on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

export function runNode(
  script: string,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  return run(process.execPath, [join(root, script), ...args], environment);
}
