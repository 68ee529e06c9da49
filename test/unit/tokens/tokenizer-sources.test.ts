import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import { TokenizerSources } from '../../../main/tokens/index.ts';
import { accessTo, defaultCommit, demoRepository, hubDouble } from '../../fixtures/hub-double/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { wordTokenizer } from '../../fixtures/word-tokenizer.ts';
import { embedded } from '../../fixtures/workbench.ts';

const { signal } = new AbortController();
const refusing = () => {
  throw new Error('The hub is not to be asked.');
};

function sources(access: () => ReturnType<typeof accessTo> = refusing): TokenizerSources {
  return new TokenizerSources({
    hubFolder: temporaryFolder(),
    access,
    folderOfModel: async (id) => {
      if (id === null || id === 'lucie-demo') return embedded.modelFolder;
      throw new WorkbenchError('MODEL_NOT_FOUND', `There is no model ${id}.`, { action: 'Choose another one.' });
    },
  });
}

describe('TokenizerSources', () => {
  it('finds that of a model', async () => {
    const path = join(embedded.modelFolder, 'tokenizer.json');
    expect(await sources().find({ kind: 'chosen' }, signal)).toMatchObject({ path, name: 'lucie-demo' });
    expect(await sources().find({ kind: 'model', modelId: 'lucie-demo' }, signal)).toMatchObject({ path });
    await expect(sources().find({ kind: 'model', modelId: 'x' }, signal)).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
  });

  it('takes a file, or the folder that holds it', async () => {
    const folder = temporaryFolder();
    const path = wordTokenizer(folder, ['le']);
    expect(await sources().find({ kind: 'file', path }, signal)).toMatchObject({ path });
    expect(await sources().find({ kind: 'file', path: folder }, signal)).toMatchObject({ path });
    await expect(sources().find({ kind: 'file', path: 'tokenizer.json' }, signal)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('holds a repository to the commit that it was found at', async () => {
    const repository = 'OpenLLM-France/Lucie-Demo';
    const double = await hubDouble({ repositories: [demoRepository()] });
    const found = await sources(() => accessTo(double)).find({ kind: 'hub', repository, revision: 'main' }, signal);
    expect(found).toMatchObject({
      name: repository,
      source: { kind: 'hub', repository, revision: defaultCommit },
      isOffline: false,
    });
  });
});
