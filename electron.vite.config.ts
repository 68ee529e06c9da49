/**
 * Builds the three bundles of the workbench: main (ESM, Node 24, native packages left external), preload (one CommonJS
 * file, because a sandboxed preload may require nothing but `electron`) and renderer (shared by Electron and the browser host).
 */
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import renderer from './build/renderer.vite.config.ts';

const here = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24',
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: resolve(here, 'main/electron/index.ts'),
          cli: resolve(here, 'main/cli/index.ts'),
          'engine-process': resolve(here, 'main/engine/process.ts'),
          'data-process': resolve(here, 'main/dataset/process.ts'),
          'tokenizer-process': resolve(here, 'main/tokenizer/process.ts'),
          'convert-process': resolve(here, 'main/convert/process.ts'),
          'quantize-worker': resolve(here, 'native-models/quantize/quantize-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node24',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(here, 'main/electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer,
});
