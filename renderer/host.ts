/**
 * Which host serves this page, and what differs between hosts: how to reach the main side, and how a file that the user
 * dropped or picked becomes a path that the main side can open. Nothing else in the renderer asks where it runs.
 */
import { dialMessagePort } from './connection/message-port.ts';
import { dialWebSocket, uploadFile } from './connection/web-socket.ts';
import type { Dial } from './connection/connection.ts';

export interface Host {
  readonly kind: 'electron' | 'browser';
  readonly dial: Dial;
  /**
   * The path under which the main side can read `file`. Electron knows it; a browser has to send the bytes first, which
   * `signal` can stop.
   */
  pathForFile(file: File, signal?: AbortSignal): Promise<string>;
}

/** What the preload puts on `window` under Electron. */
interface PreloadBridge {
  readonly kind: 'electron';
  pathForFile(file: File): string;
}

declare global {
  interface Window {
    readonly luciehost?: PreloadBridge;
  }
}

export function currentHost(): Host {
  const bridge = window.luciehost;
  if (bridge === undefined) return { kind: 'browser', dial: dialWebSocket, pathForFile: uploadFile };
  return { kind: 'electron', dial: dialMessagePort, pathForFile: async (file) => bridge.pathForFile(file) };
}
