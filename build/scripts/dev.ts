/**
 * `npm run dev`: electron-vite with hot reload. Where Electron cannot be had: the browser host straight from the sources,
 * restarted when they change, with the renderer rebuilt on every change (reload the page).
 */
import { electronBinary } from './electron-binary.ts';
import { root } from './freshness.ts';
import { run, runNode } from './run.ts';
import { build } from './build.ts';

const electronVite = 'node_modules/electron-vite/bin/electron-vite.js';
if (electronBinary({ download: true }) !== null) {
  process.exitCode = await runNode(electronVite, ['dev', ...process.argv.slice(2)]);
} else {
  await build(true);
  const codes = await Promise.all([
    runNode('node_modules/vite/bin/vite.js', [
      'build',
      '--watch',
      '--config',
      'build/renderer.vite.config.ts',
      '--logLevel',
      'warn',
    ]),
    run(process.execPath, ['--watch-path=main', `${root}/main/cli/index.ts`, 'serve', ...process.argv.slice(2)]),
  ]);
  process.exitCode = Math.max(...codes);
}
