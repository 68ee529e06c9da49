import { describe, expect, it } from 'vitest';
import { HubAccess } from '../../../main/hub/index.ts';

describe('the access', () => {
  it('gives the token to the endpoint only, and shows it nowhere', () => {
    const access = HubAccess.fromEnvironment({ HF_ENDPOINT: 'https://mirror.example/hf/', HF_TOKEN: 'hf_secret\n' });
    expect(access.headersFor(access.url('a', 'b c'))).toEqual({ authorization: 'Bearer hf_secret' });
    expect(access.url('a', 'b/c').href).toBe('https://mirror.example/hf/a/b%2Fc');
    for (const other of ['https://cdn.example/x', 'http://mirror.example/x', 'https://mirror.example:444/x']) {
      expect(access.headersFor(new URL(other))).toEqual({});
    }
    expect(JSON.stringify(access) + Object.values(access).join()).not.toContain('secret');
  });

  it('is the public hub by default', () => {
    expect(HubAccess.fromEnvironment({}).url('x').href).toBe('https://huggingface.co/x');
  });

  it.each(['ftp://x', 'hub', 'https://me:password@x'])('refuses the endpoint %s without repeating it', (endpoint) => {
    expect(() => new HubAccess({ endpoint })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.not.stringContaining('password@') as string }),
    );
  });

  it('sends no token in clear to another machine', () => {
    expect(() => new HubAccess({ endpoint: 'http://mirror.example', token: 'x' })).toThrow(/unencrypted/);
    expect(() => new HubAccess({ endpoint: 'http://mirror.example' })).not.toThrow();
  });
});
