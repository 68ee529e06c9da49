/** `app://workbench/`: the built renderer, served with the security headers from inside the application. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { findRendererFile, securityHeaders } from '../security/index.ts';

const scheme = 'app';
export const appOrigin = `${scheme}://workbench`;

/** Must run before the application is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ]);
}

export function handleAppProtocol(rendererFolder: string): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const refuse = (status: number) => new Response(null, { status, headers: { ...securityHeaders } });
    if (`${url.protocol}//${url.host}` !== appOrigin) return refuse(403);
    if (request.method !== 'GET') return refuse(405);
    const file = await findRendererFile(rendererFolder, url.pathname);
    if (file === null) return refuse(404);
    // Not a stream: `fs.open` on a packaged file copies it into the temporary folder first.
    return new Response(await readFile(file.path), {
      headers: { ...securityHeaders, 'Content-Type': file.mediaType, 'Content-Length': String(file.byteLength) },
    });
  });
}
