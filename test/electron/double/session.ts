/** `session.defaultSession` and `protocol`: keep the handlers that main registers, and ask them as Electron would. */
import type { Protocol, Session, WebContents } from 'electron';
import type { AppDouble } from './app.ts';

type RequestHandler = Exclude<Parameters<Session['setPermissionRequestHandler']>[0], null>;
type CheckHandler = Exclude<Parameters<Session['setPermissionCheckHandler']>[0], null>;
export type Permission = Parameters<RequestHandler>[1];
type SchemeHandler = Parameters<Protocol['handle']>[1];
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;

export class SessionDouble implements Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> {
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  #beforeRequest: BeforeRequest | null = null;

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.#beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  /** A frame at `requestingUrl` inside `contents` asks; without a handler Electron grants everything. */
  askPermission(
    contents: Pick<WebContents, 'getURL'>,
    permission: Permission,
    requestingUrl: string,
  ): Promise<boolean> {
    const handler = this.#request;
    if (handler === null) return Promise.resolve(true);
    const details = { isMainFrame: requestingUrl === contents.getURL(), requestingUrl };
    return new Promise((resolve) => handler(contents as WebContents, permission, resolve, details));
  }

  checkPermission(permission: Permission, origin: string): boolean {
    return this.#check?.(null, permission, origin, { isMainFrame: true, requestingUrl: origin }) ?? true;
  }

  isCancelled(url: string): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (listener === null) return Promise.resolve(false);
    return new Promise((resolve) => listener({ url }, ({ cancel }) => resolve(cancel ?? false)));
  }
}

export class ProtocolDouble implements Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> {
  readonly privileges = new Map<string, Electron.Privileges>();
  readonly #handlers = new Map<string, SchemeHandler>();
  readonly #app: AppDouble;

  constructor(app: AppDouble) {
    this.#app = app;
  }

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    this.#app.mustNotBeReady('protocol.registerSchemesAsPrivileged');
    for (const { scheme, privileges } of schemes) this.privileges.set(scheme, privileges ?? {});
  }

  handle(scheme: string, handler: SchemeHandler): void {
    this.#app.mustBeReady('protocol.handle');
    this.#handlers.set(scheme, handler);
  }

  /** What a page gets for a URL of a registered scheme. */
  async fetch(url: string, method = 'GET'): Promise<Response> {
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) throw new Error(`No handler for ${url}`);
    return (await handler(new Request(url, { method }))) as Response;
  }
}
