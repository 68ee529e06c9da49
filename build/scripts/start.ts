/** `npm start`: builds if needed and opens the workbench in a window, or in the browser where Electron cannot be had. */
import { build } from './build.ts';
import { electronBinary } from './electron-binary.ts';
import { root } from './freshness.ts';
import { run, runNode } from './run.ts';

const args = process.argv.slice(2);
await build(false);
const electron = hasDisplay() ? electronBinary({ download: true }) : null;
process.exitCode =
  electron === null ? await runNode('out/main/cli.js', ['serve', ...args]) : await run(electron, [root, ...args]);

/** On Linux a window needs a display server; over SSH there is usually none. */
function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return true;
  console.error('There is no display for a window; the workbench opens in the browser instead.');
  return false;
}
