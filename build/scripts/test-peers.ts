/** `npm run test:peers`: the suite against other runtimes, or one line that says how to install them. Nothing is fetched here. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './freshness.ts';
import { runNode } from './run.ts';

const missing = ['@huggingface/transformers', 'node-llama-cpp', '@node-llama-cpp/linux-x64', 'koffi'].filter(
  (name) => !existsSync(join(root, 'test/bench/node_modules', name)),
);

if (missing.length > 0) {
  console.error(`Not installed: ${missing.join(', ')}. Run "npm run peers:install" first (Linux x64, about 560 MB).`);
  process.exitCode = 1;
} else {
  process.exitCode = await runNode('node_modules/vitest/vitest.mjs', [
    'run',
    '--project',
    'peers',
    ...process.argv.slice(2),
  ]);
}
