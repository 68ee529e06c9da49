/**
 * The line in a browser tab. The URL that `lucie serve` prints carries a token in its fragment; it is exchanged once for a
 * cookie and removed from the address bar, so that neither history nor a copied address gives access.
 */
import { RPCLink } from '@orpc/client/websocket';
import { WorkbenchError } from '../../main/contract/errors.ts';
import { ConnectionRefused, type Line, type LineEnd } from './connection.ts';

const UNAUTHORISED_CLOSE_CODE = 4401;

export async function dialWebSocket(signal: AbortSignal): Promise<Line> {
  await exchangeToken(signal);
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`);
  // Before RPCLink listens: its own close handler rejects the open calls, and those must find the line already closed.
  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve, { once: true }));
  const link = new RPCLink({ websocket: socket });
  const opened = new Promise<'open'>((resolve) =>
    socket.addEventListener('open', () => resolve('open'), { once: true }),
  );
  const stop = () => socket.close();
  signal.addEventListener('abort', stop, { once: true });
  const ended = closed.then(({ code }): LineEnd => {
    signal.removeEventListener('abort', stop);
    return code === UNAUTHORISED_CLOSE_CODE ? 'refused' : 'lost';
  });
  const first = await Promise.race([opened, ended]);
  if (first === 'refused') throw new ConnectionRefused('This browser has no session.');
  if (first === 'lost') throw new Error('The socket closed before it opened.');
  return { link, closed: ended };
}

async function exchangeToken(signal: AbortSignal): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    signal,
  });
  history.replaceState(null, '', location.pathname + location.search);
  if (response.status === 401 || response.status === 403) throw new ConnectionRefused('The token is not valid.');
}

/** Sends the bytes to the host, which keeps them in a temporary file, and returns its path. */
export async function uploadFile(file: File, signal?: AbortSignal): Promise<string> {
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    ...(signal === undefined ? {} : { signal }),
  });
  const body: unknown = response.ok ? await response.json() : null;
  if (typeof body === 'object' && body !== null && 'path' in body && typeof body.path === 'string') return body.path;
  throw new WorkbenchError('FILE_UNREADABLE', `The file ${file.name} could not be sent: status ${response.status}.`, {
    action: 'Check that the file can be read, or enter its path instead.',
    details: { path: file.name },
  });
}
