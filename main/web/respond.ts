/** Answers of the loopback host; every one carries the security headers. */
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { findRendererFile, securityHeaders } from '../security/index.ts';

const bodyLimit = 4_096;

export function respond(
  response: ServerResponse,
  status: number,
  body = '',
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  response.end(body);
}

export async function respondWithFile(response: ServerResponse, folder: string, urlPath: string): Promise<void> {
  const file = await findRendererFile(folder, urlPath);
  if (file === null) return respond(response, 404, 'Not found');
  const isHashed = urlPath.startsWith('/assets/');
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': file.mediaType,
    'Content-Length': file.byteLength,
    'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  await pipeline(createReadStream(file.path), response);
}

/** A small JSON body, or `null` where it is none. */
export async function readSmallJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > bodyLimit) return null;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null; // Whoever sent it gets a refusal.
  }
}
