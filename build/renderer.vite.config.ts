/** The renderer's bundle, for electron-vite and, where there is no Electron, for `npm run dev` on its own. */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { UserConfig } from 'vite';

/** Both tools run at the root of the project; electron-vite bundles its configuration, so that this file's own place is lost. */
const root = process.cwd();

const config: UserConfig = {
  root: resolve(root, 'renderer'),
  plugins: [svelte({ configFile: resolve(root, 'svelte.config.js') })],
  worker: { format: 'es' },
  build: {
    outDir: resolve(root, 'out/renderer'),
    target: 'chrome152',
    minify: true,
    emptyOutDir: true,
    chunkSizeWarningLimit: 8_000,
    rollupOptions: { input: { index: resolve(root, 'renderer/index.html') } },
  },
};

export default config;
