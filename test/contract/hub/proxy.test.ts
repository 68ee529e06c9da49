/** Behind a proxy: Node's own support, switched on by `NODE_USE_ENV_PROXY`; the hub's name need not be known to this machine. */
import { execFile } from 'node:child_process';
import { createServer, request as send } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { wrongFiles } from '../../fixtures/hub-double/compare.ts';
import { hubDouble, modelRepository } from '../../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { sourceEntry } from '../../fixtures/workbench.ts';

/** Knows `hub.invalid`; both ways a client may ask a proxy for a plain connection. */
async function startProxy(hub: URL): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const portOf = ({ hostname, port }: URL): number => Number(hostname === 'hub.invalid' ? hub.port : port);
  const server = createServer((request, response) => {
    const target = new URL(request.url ?? '');
    asked.push(target.hostname);
    const { method, headers } = request;
    const path = `${target.pathname}${target.search}`;
    const forwarded = send({ host: '127.0.0.1', port: portOf(target), path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(forwarded);
  });
  server.on('connect', (request, socket) => {
    const target = new URL(`http://${request.url}`);
    asked.push(target.hostname);
    const upstream = connect(portOf(target), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('a model is pulled through a proxy', async () => {
  const repository = modelRepository(20_000);
  const double = await hubDouble({ repositories: [repository] });
  const { address, asked } = await startProxy(new URL(double.endpoint));
  const to = temporaryFolder();
  const environment = {
    ...process.env,
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: address,
    http_proxy: address,
    NO_PROXY: '',
    no_proxy: '',
    HF_ENDPOINT: 'http://hub.invalid',
    HF_TOKEN: '',
    LUCIE_DATA: temporaryFolder(),
  };
  const args = [sourceEntry, 'models', 'pull', repository.name, '--to', to];
  await promisify(execFile)(process.execPath, args, { env: environment });
  expect(wrongFiles(to, repository)).toEqual([]);
  expect(new Set(asked)).toEqual(new Set(['hub.invalid', '127.0.0.1']));
});
