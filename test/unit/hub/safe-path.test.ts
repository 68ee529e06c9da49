import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPaths, preparePath } from '../../../main/hub/safe-path.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

describe('paths of a repository', () => {
  it.each([
    '../config.json',
    '/etc/passwd',
    'onnx/../../x',
    'onnx//x',
    './x',
    'C:/x',
    'a\\b',
    'a\0b',
    'nul.json',
    'x.part',
    'x.part.json',
    'x.',
    '',
    'x'.repeat(300),
  ])('%j is refused', (path) => {
    expect(() => checkPaths(['config.json', path])).toThrow(expect.objectContaining({ code: 'HUB_RESPONSE_INVALID' }));
  });

  it('two that differ in case only are refused, ordinary ones are not', () => {
    expect(() => checkPaths(['a/X', 'a/x'])).toThrow(/differs from another in case/);
    expect(() => checkPaths(['onnx/model_q4.onnx_data', '.gitattributes', 'Über …/ça.json'])).not.toThrow();
  });

  it('do not go through a link, nor over one', async () => {
    const [root, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(elsewhere, join(root, 'onnx'));
    writeFileSync(join(elsewhere, 'x'), '');
    symlinkSync(join(elsewhere, 'x'), join(root, 'config.json'));
    mkdirSync(join(root, 'folder'));
    for (const path of ['onnx/model.onnx', 'config.json', 'folder']) {
      await expect(preparePath(root, path)).rejects.toMatchObject({ code: 'FOLDER_UNWRITABLE' });
    }
    expect(await preparePath(root, 'a/b/c')).toBe(join(root, 'a/b/c'));
  });
});
