/** The renderer's bundle, for electron-vite and, where there is no Electron, for `npm run dev` on its own. */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin, UserConfig } from 'vite';

/** Both tools run at the root of the project; electron-vite bundles its configuration, so that this file's own place is lost. */
const root = process.cwd();

/** Of each font of the formulas only the file that this Chromium reads: two thirds of their bytes are for older browsers. */
const modernFonts: Plugin = {
  name: 'modern-fonts',
  enforce: 'pre',
  transform: (code, id) =>
    /katex[^?]*\.css/.test(id) ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '') : null,
};

const config: UserConfig = {
  root: resolve(root, 'renderer'),
  plugins: [modernFonts, svelte({ configFile: resolve(root, 'svelte.config.js') })],
  worker: { format: 'es' },
  build: {
    outDir: resolve(root, 'out/renderer'),
    target: 'chrome152',
    // The content security policy takes fonts from files only.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    minify: true,
    emptyOutDir: true,
    chunkSizeWarningLimit: 8_000,
    rollupOptions: { input: { index: resolve(root, 'renderer/index.html') } },
  },
};

export default config;
