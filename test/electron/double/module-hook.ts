/**
 * Makes `import … from 'electron'` in the built files yield the double. The files are loaded by Node's own ESM loader, not
 * by Vite's, so that they link as they will under Electron.
 */
import { registerHooks } from 'node:module';
import type { ElectronDouble } from './index.ts';

const address = 'electron-double:module';
const key = Symbol.for('lucie.electron-double');

export function provideElectron(electron: ElectronDouble): void {
  Reflect.set(globalThis, key, electron);
  const names = Object.keys(electron).filter((name) => name !== 'requests');
  const source = `export const { ${names.join(', ')} } = globalThis[Symbol.for('lucie.electron-double')];`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: address, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === address ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
}

/** Vitest rewrites `import()` in test files; the one inside a `data:` module is Node's own. */
export async function importByNode(url: string): Promise<void> {
  const loader = 'data:text/javascript,export const load = (url) => import(url)';
  const { load } = (await import(/* @vite-ignore */ loader)) as { load: (url: string) => Promise<unknown> };
  await load(url);
}
