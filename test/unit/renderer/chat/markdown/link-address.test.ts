import { describe, expect, it } from 'vitest';
import { linkAddress, namesOtherHost } from '../../../../../renderer/chat/markdown/link-address.ts';

describe('linkAddress', () => {
  it.each([
    ['https://bank.example@evil.example/x', 'evil.example'],
    ['https://аррӏе.com/', 'xn--80ak6aa92e.com'],
    ['http://0x7f000001/', '127.0.0.1'],
    ['https://a.example:8443/', 'a.example:8443'],
    ['mailto:a@b.example', 'b.example'],
  ])('tells the host that %s leads to', (written, host) => {
    expect(linkAddress(written)?.host).toBe(host);
  });

  it.each([
    'javascript:alert(1)',
    '//a.example',
    '/x',
    'data:text/html,x',
    'https:',
    'https://',
    'java\nscript:x',
    'ftp://a.example',
    'mailto:',
  ])('makes no link of %j', (written) => {
    expect(linkAddress(written)).toBeNull();
  });
});

describe('namesOtherHost', () => {
  it.each([
    ['https://www.bank.example/login', 'evil.example', true],
    ['bank.example', 'bank.example.evil.example', true],
    ['bank.example', 'www.bank.example', false],
    ['www.bank.example', 'bank.example', true],
    ['example.org:8443', 'example.org:8443', false],
    ['la page', 'evil.example', false],
    ['Node.js 24', 'nodejs.org', true],
  ])('%s on %s: %s', (text, host, other) => {
    expect(namesOtherHost(text, host)).toBe(other);
  });
});
