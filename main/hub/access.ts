/**
 * Which hub is asked, and as whom: `HF_ENDPOINT` and `HF_TOKEN`, as in Hugging Face's own tools. The token is private to
 * this class and leaves it only as a header for the endpoint itself; no log line, error or journal can contain it.
 */
import { WorkbenchError } from '../contract/errors.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry.ts';

const publicEndpoint = 'https://huggingface.co';
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

export class HubAccess {
  readonly endpoint: URL;
  readonly retry: RetryPolicy;
  readonly #token: string | null;

  /** @throws WorkbenchError `INVALID_INPUT` for an endpoint that is no web address, or a token that would travel in clear. */
  constructor(options: { endpoint?: string; token?: string | null; retry?: Partial<RetryPolicy> } = {}) {
    this.endpoint = parseEndpoint(options.endpoint ?? publicEndpoint);
    this.retry = { ...defaultRetryPolicy, ...options.retry };
    this.#token = options.token?.trim() || null;
    const { protocol, hostname, host } = this.endpoint;
    if (this.#token !== null && protocol === 'http:' && !loopbackHosts.includes(hostname)) {
      throw new WorkbenchError('INVALID_INPUT', `HF_TOKEN would be sent unencrypted to ${host}.`, {
        action: 'Use an https:// address in HF_ENDPOINT, or unset HF_TOKEN.',
        details: { host },
      });
    }
  }

  static fromEnvironment(environment: NodeJS.ProcessEnv = process.env, retry: Partial<RetryPolicy> = {}): HubAccess {
    return new HubAccess({
      retry,
      ...(environment.HF_ENDPOINT ? { endpoint: environment.HF_ENDPOINT } : {}),
      token: environment.HF_TOKEN ?? null,
    });
  }

  get hasToken(): boolean {
    return this.#token !== null;
  }

  isEndpoint(url: URL): boolean {
    return url.origin === this.endpoint.origin;
  }

  /** `segments` become one escaped path step each. */
  url(...segments: string[]): URL {
    const base = this.endpoint.href.replace(/\/+$/, '');
    return new URL(`${base}/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`);
  }

  /** Authorization for the endpoint, nothing for any other origin. */
  headersFor(url: URL): Record<string, string> {
    if (this.#token === null || !this.isEndpoint(url)) return {};
    return { authorization: `Bearer ${this.#token}` };
  }
}

function parseEndpoint(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url;
  // The text is not repeated: it may hold a password.
  throw new WorkbenchError('INVALID_INPUT', 'HF_ENDPOINT is not an http(s) address without user name and password.', {
    action: `Set it to an address such as ${publicEndpoint}, or unset it.`,
  });
}
