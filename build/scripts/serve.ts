/** `npm run serve`: builds if needed and serves the workbench to the browser. */
import { build } from './build.ts';
import { runNode } from './run.ts';

await build(false);
process.exitCode = await runNode('out/main/cli.js', ['serve', ...process.argv.slice(2)]);
