import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderFor, parseModelName } from '../../../main/hub/index.ts';

describe('names of models', () => {
  it('may have a revision', () => {
    expect(parseModelName('OpenLLM-France/Lucie-7B')).toMatchObject({ revision: 'main' });
    const { repository, revision } = parseModelName('OpenLLM-France/Lucie-7B@refs/pr/1');
    expect(folderFor('/models', repository, revision)).toBe(join('/models/OpenLLM-France/Lucie-7B/refs--pr--1'));
  });

  it.each(['Lucie-7B', '../x', 'a/..', 'a/b/c', 'a/b@', 'a/b@../x', 'a/b@x@y', 'a/b@-x', '', 'a/b c', 'a/b@x/../y'])(
    'refuses %j',
    (name) => expect(() => parseModelName(name)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' })),
  );
});
