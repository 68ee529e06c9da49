/**
 * Who may talk to the loopback host. Any program or web page on this machine can reach a local port, so that being local
 * proves nothing: the URL's fragment carries a token of this run (fragments are never sent to a server or logged), the
 * page exchanges it for a cookie, and Host and Origin are checked against DNS rebinding and cross-site requests.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Any port: an SSH tunnel may map the server to another local one. */
const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

export class Access {
  readonly token = randomBytes(24).toString('base64url');
  readonly #session = randomBytes(24).toString('base64url');
  #cookieName = 'lucie-session';

  /** Cookies are shared by all ports of a host name; the port keeps two running workbenches apart. */
  usePort(port: number): void {
    this.#cookieName = `lucie-session-${port}`;
  }

  isLoopbackHost(request: IncomingMessage): boolean {
    const host = request.headers.host;
    if (host === undefined || !URL.canParse(`http://${host}`)) return false;
    return loopbackNames.has(new URL(`http://${host}`).hostname);
  }

  /** Browsers send Origin with every POST and WebSocket request; a request without one is not from a page of ours. */
  isSameOrigin(request: IncomingMessage): boolean {
    return this.isLoopbackHost(request) && request.headers.origin === `http://${request.headers.host}`;
  }

  hasSession(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const prefix = `${this.#cookieName}=`;
    const value = cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
    return value !== undefined && equalSecrets(value, this.#session);
  }

  /** The `Set-Cookie` value for the right token, else `null`. */
  exchange(token: string): string | null {
    if (!equalSecrets(token, this.token)) return null;
    return `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }
}

function equalSecrets(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
