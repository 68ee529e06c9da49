import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLogger } from '../../../main/logger/index.ts';
import { embeddedModelId, ModelService, scoreContinuations, scoreText } from '../../../main/models/index.ts';
import { EngineProcessDouble } from '../../fixtures/engine-process-double.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

test.each([
  ['a text', (models: ModelService) => scoreText(models, { text: 'Un', topK: 1, window: null })],
  [
    'continuations',
    (models: ModelService) => scoreContinuations(models, { text: 'Un', continuations: [' deux'], topK: 1 }),
  ],
])('%s encoded for one model is not scored by another', async (_what, score) => {
  const embeddedFolder = join(temporaryFolder(), 'demo');
  mkdirSync(embeddedFolder);
  writeFileSync(join(embeddedFolder, 'config.json'), '{}');
  const engine = new EngineProcessDouble();
  const { launch } = engine;
  const models = new ModelService({ embeddedFolder, userFolders: () => [], logger: silentLogger, launch });
  await models.load(embeddedModelId);
  const encoding = Promise.withResolvers<undefined>();
  engine.encodesAfter = encoding.promise;
  const scoring = score(models);
  await models.load(embeddedModelId);
  encoding.resolve(undefined);
  await expect(scoring).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  await models.stop();
});
