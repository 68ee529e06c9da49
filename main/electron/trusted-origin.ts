/** The one origin whose pages are ours: `app://workbench`, or the development server of an unpackaged run. */
import { app } from 'electron';
import { appOrigin } from './app-protocol.ts';

export function trustedOrigin(): string {
  const developmentUrl = process.env.ELECTRON_RENDERER_URL;
  if (!app.isPackaged && developmentUrl !== undefined) return new URL(developmentUrl).origin;
  return appOrigin;
}

/** `URL.origin` is "null" for custom schemes in Node, so that the parts are compared by hand. */
export function isTrusted(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}` === trustedOrigin();
}
