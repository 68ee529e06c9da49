/**
 * The two functions that are sent, as text, into each page: the isolated world in which the built preload runs with a
 * `require` that knows only `electron`, and the main world's receiver of what `contextBridge` exposes. Self-contained.
 */
import type { ContextBridge, IpcRenderer, WebUtils } from 'electron';

export const worldName = 'electron-preload';
export const bindingName = 'electronDoubleSend';
/** Where a file that the double is asked about is said to lie. */
export const fileFolder = '/files-of-the-double';

export type FromPage =
  | { type: 'ipc'; channel: string; args: unknown[] }
  | { type: 'port'; id: number; data: string }
  | { type: 'port-closed'; id: number };

export type ToPage =
  | { type: 'ipc'; channel: string; message: unknown; portIds: number[] }
  | { type: 'port'; id: number; data: string }
  | { type: 'port-closed'; id: number };

interface PreloadGlobal {
  [bindingName]?: (message: string) => void;
  electronDoubleReceive?: (message: ToPage) => void;
}

/** Functions cannot cross worlds: they are named here and called through events, synchronously. */
interface Exposed {
  key: string;
  values: Record<string, unknown>;
  functions: string[];
}

export function runPreload(preload: string, binding: string, folder: string): void {
  if (window !== window.top) return;
  const world = globalThis as PreloadGlobal & Record<string, unknown>;
  const send = (message: FromPage) => (world[binding] as (text: string) => void)(JSON.stringify(message));
  const ports = new Map<number, MessagePort>();
  const listeners = new Map<string, ((event: { ports: MessagePort[] }, message: unknown) => void)[]>();

  const openPort = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.addEventListener('close', () => send({ type: 'port-closed', id }));
    port1.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data !== 'string') throw new TypeError('The double carries text only.');
      send({ type: 'port', id, data: event.data });
    };
    return port2;
  };

  world.electronDoubleReceive = (message) => {
    if (message.type === 'port') ports.get(message.id)?.postMessage(message.data);
    if (message.type === 'port-closed') ports.get(message.id)?.close();
    if (message.type === 'ipc') {
      const event = { ports: message.portIds.map(openPort) };
      listeners.get(message.channel)?.forEach((listener) => listener(event, message.message));
    }
  };

  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => send({ type: 'ipc', channel, args }),
    on: (channel: string, listener: (event: { ports: MessagePort[] }, message: unknown) => void) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    },
  } satisfies Record<keyof Pick<IpcRenderer, 'send' | 'on'>, unknown>;

  const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
    exposeInMainWorld: (key, api: Record<string, unknown>) => {
      const names = Object.keys(api);
      const functions = names.filter((name) => typeof api[name] === 'function');
      const values = Object.fromEntries(names.filter((name) => !functions.includes(name)).map((n) => [n, api[n]]));
      window.addEventListener(`electron-double:call:${key}`, (event) => {
        const { name, args } = (event as CustomEvent<{ name: string; args: unknown[] }>).detail;
        const result = (api[name] as (...given: unknown[]) => unknown)(...args);
        window.dispatchEvent(new CustomEvent(`electron-double:result:${key}`, { detail: { result } }));
      });
      const detail: Exposed = { key, values, functions };
      window.dispatchEvent(new CustomEvent('electron-double:expose', { detail }));
    },
  };

  const webUtils: Pick<WebUtils, 'getPathForFile'> = {
    getPathForFile: (file) => {
      if (!(file instanceof File)) throw new TypeError('getPathForFile expects a File');
      return `${folder}/${file.name}`;
    },
  };

  const requireElectron = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return { ipcRenderer, contextBridge, webUtils };
  };
  const module = { exports: {} };
  new Function('require', 'module', 'exports', preload)(requireElectron, module, module.exports);
}

export function receiveExposed(): void {
  window.addEventListener('electron-double:expose', (event) => {
    const { key, values, functions } = (event as CustomEvent<Exposed>).detail;
    const call =
      (name: string) =>
      (...args: unknown[]): unknown => {
        let answer: { result: unknown } | undefined;
        const keep = (reply: Event) => (answer = (reply as CustomEvent<{ result: unknown }>).detail);
        window.addEventListener(`electron-double:result:${key}`, keep, { once: true });
        window.dispatchEvent(new CustomEvent(`electron-double:call:${key}`, { detail: { name, args } }));
        if (answer === undefined) throw new Error(`${key}.${name} failed in the preload`);
        return answer.result;
      };
    const api = Object.freeze({ ...values, ...Object.fromEntries(functions.map((name) => [name, call(name)])) });
    Object.defineProperty(window, key, { value: api, enumerable: true });
  });
}
