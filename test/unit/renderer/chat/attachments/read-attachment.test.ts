import { describe, expect, it } from 'vitest';
import { freeName } from '../../../../../renderer/chat/attachments/free-name.ts';
import {
  decode,
  mostAttachmentBytes,
  readAttachment,
} from '../../../../../renderer/chat/attachments/read-attachment.ts';

const bytes = (...values: number[]) => new Uint8Array(values);

describe('decode', () => {
  it('reads UTF-8, and leaves a byte order mark out', () => {
    expect(decode(new TextEncoder().encode('été\r\n\t'))).toEqual({ kind: 'text', text: 'été\r\n\t' });
    expect(decode(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ kind: 'text', text: 'a' });
    expect(decode(bytes())).toEqual({ kind: 'text', text: '' });
  });

  it('reads UTF-16 that says so', () => {
    expect(decode(bytes(0xff, 0xfe, 0xe9, 0x00))).toEqual({ kind: 'text', text: 'é' });
    expect(decode(bytes(0xfe, 0xff, 0x00, 0xe9))).toEqual({ kind: 'text', text: 'é' });
  });

  it('offers Windows-1252 and does not guess it', () => {
    expect(decode(bytes(0x9c, 0x75, 0x66))).toEqual({ kind: 'not-utf8', windows1252: 'œuf' });
  });

  it('refuses what has bytes that no text has', () => {
    expect(decode(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toEqual({ kind: 'binary' });
    expect(decode(bytes(0x61, 0x00))).toEqual({ kind: 'binary' });
  });
});

describe('readAttachment', () => {
  it('refuses a file that is too large without reading it', async () => {
    const file = { name: 'a.txt', size: mostAttachmentBytes + 1, arrayBuffer: () => Promise.reject(new Error('read')) };
    expect(await readAttachment(file)).toEqual({ kind: 'too-large', name: 'a.txt', limit: mostAttachmentBytes });
  });

  it('tells what cannot be read', async () => {
    const folder = { name: 'folder', size: 0, arrayBuffer: () => Promise.reject(new Error('is a folder')) };
    expect(await readAttachment(folder)).toEqual({ kind: 'unreadable', name: 'folder' });
  });
});

describe('freeName', () => {
  it('numbers a name that is taken, before its ending', () => {
    expect(freeName('a.txt', ['a.txt', 'a (2).txt'])).toBe('a (3).txt');
    expect(freeName('.env', ['.env'])).toBe('.env (2)');
  });

  it('takes no path and keeps within the limit', () => {
    expect(freeName('/home/x/a.txt', [])).toBe('a.txt');
    const long = `${'x'.repeat(300)}.txt`;
    expect(freeName(freeName(long, []), [freeName(long, [])])).toHaveLength(255);
  });
});
