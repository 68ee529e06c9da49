/** `npm run build`: main, preload and renderer into `out/`, unless they are already there and new; `--force` builds anyway. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBuilt, markBuilt, root } from './freshness.ts';
import { runNode } from './run.ts';

export async function build(force: boolean): Promise<void> {
  if (!force && (await isBuilt())) return;
  await rm(join(root, 'out'), { recursive: true, force: true });
  const begunAt = new Date();
  const code = await runNode('node_modules/electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn']);
  if (code !== 0) throw new Error(`electron-vite ended with code ${code}.`);
  await markBuilt(begunAt);
  console.log(`Built in ${((Date.now() - begunAt.getTime()) / 1_000).toFixed(1)} s.`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await build(process.argv.includes('--force'));
}
