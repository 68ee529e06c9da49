/**
 * Six suites: `unit` (mirrors the sources), `contract` (real services over the real transports), `parity` (against an
 * independent reference), `e2e` (real Chromium), `electron` (the built entry over a double of `electron`) and `peers` (against
 * other runtimes; a set-up of its own, so not a part of `npm test`).
 */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const suite = (name: string, overrides: { testTimeout?: number; fileParallelism?: boolean } = {}) => ({
  plugins: name === 'unit' ? [svelte()] : [],
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node',
    pool: 'forks' as const,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    ...overrides,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', './build/scripts/totals-reporter.ts'],
    projects: [
      suite('unit'),
      suite('contract', { testTimeout: 60_000 }),
      suite('parity', { testTimeout: 180_000 }),
      suite('electron', { testTimeout: 60_000, fileParallelism: false }),
      suite('e2e', { testTimeout: 120_000, fileParallelism: false }),
      suite('peers', { testTimeout: 180_000, fileParallelism: false }),
    ],
  },
});
