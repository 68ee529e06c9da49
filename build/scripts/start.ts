/** `npm start`: builds if needed and opens the workbench in a window, or in the browser where Electron cannot be had. */
import { build } from './build.ts';
import { electronBinary } from './electron-binary.ts';
import { root } from './freshness.ts';
import { run, runNode } from './run.ts';

const args = process.argv.slice(2);
await build(false);
const electron = electronBinary({ download: true });
process.exitCode =
  electron === null ? await runNode('out/main/cli.js', ['serve', ...args]) : await run(electron, [root, ...args]);
