/**
 * What a window may do, whatever the page in it wants: stay on our origin, ask for nothing but writing the clipboard and
 * showing notifications, and reach no network. Links of the outside world go to the user's browser.
 */
import { app, shell, type Session, type WebContents } from 'electron';
import type { Logger } from '../logger/index.ts';
import { isTrusted } from './trusted-origin.ts';

const localSchemes = new Set(['app:', 'data:', 'blob:', 'devtools:']);
const allowedPermissions = new Set(['clipboard-sanitized-write', 'notifications']);

export function restrictSession(session: Session, logger: Logger): void {
  const mayUse = (permission: string, url: string) => allowedPermissions.has(permission) && isTrusted(url);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(mayUse(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.webRequest.onBeforeRequest((details, answer) => {
    const url = URL.canParse(details.url) ? new URL(details.url) : null;
    const isLocal = url !== null && (localSchemes.has(url.protocol) || isTrusted(webOrigin(url)));
    if (!isLocal) logger.log('warn', 'A network request of the window was refused', { url: details.url });
    answer({ cancel: !isLocal });
  });
}

export function restrictEveryWindow(logger: Logger): void {
  app.on('web-contents-created', (_event, contents) => restrictContents(contents, logger));
}

function restrictContents(contents: WebContents, logger: Logger): void {
  const keepInside = (event: { preventDefault(): void }, url: string) => {
    if (isTrusted(url)) return;
    event.preventDefault();
    openOutside(url, logger);
  };
  contents.on('will-navigate', (event) => keepInside(event, event.url));
  contents.on('will-redirect', (event) => keepInside(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url, logger);
    return { action: 'deny' };
  });
}

function openOutside(url: string, logger: Logger): void {
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    logger.log('warn', 'A link was refused', { url });
    return;
  }
  shell.openExternal(url).catch((error: unknown) => logger.log('warn', 'A link could not be opened', { url, error }));
}

/** The development server's hot reload speaks WebSocket on the same host. */
function webOrigin(url: URL): string {
  return url.protocol === 'ws:' ? `http://${url.host}` : url.href;
}
