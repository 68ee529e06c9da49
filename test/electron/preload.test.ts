/** The built preload is one CommonJS file that needs nothing but `electron`: all that a sandboxed preload may require. */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { builtPreload } from './built-app.ts';

const source = readFileSync(builtPreload, 'utf8');

it('requires electron and nothing else', () => {
  const required = [...source.matchAll(/\brequire\(\s*(["'`])(.*?)\1\s*\)/g)].map(([, , name]) => name);
  expect([...new Set(required)]).toEqual(['electron']);
  expect([...source.matchAll(/\brequire\b/g)]).toHaveLength(required.length);
});

it('is a plain script without import and export', () => {
  expect(() => new Script(source)).not.toThrow();
  expect(source).not.toMatch(/\bimport\s*\(/);
});

it('exposes one object with the host’s kind and one function', () => {
  const exposed = new Map<string, Record<string, unknown>>();
  const electron = {
    contextBridge: { exposeInMainWorld: (key: string, api: Record<string, unknown>) => exposed.set(key, api) },
    ipcRenderer: { on: () => undefined, send: () => undefined },
    webUtils: {},
  };
  const run = new Script(`(function (require, exports, module, window) { ${source}\n})`).runInNewContext() as (
    ...given: unknown[]
  ) => void;
  run(() => electron, {}, { exports: {} }, { addEventListener: () => undefined });
  expect([...exposed.keys()]).toEqual(['luciehost']);
  expect(Object.keys(exposed.get('luciehost') ?? {})).toEqual(['kind', 'pathForFile']);
});
