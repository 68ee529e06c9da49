import { expect, test } from 'vitest';
import { installedModel } from '../../../../../renderer/models/family/installed-model.ts';
import { aModel } from '../a-job.ts';

test('a model is found by where it came from, not by its folder', () => {
  const model = aModel({ folder: '/elsewhere' });
  const models = [aModel({ origin: null }), model];
  expect(installedModel(models, 'owner/name', 'main')).toBe(model);
  expect(installedModel(models, 'Owner/Name', 'c0ffee')).toBe(model);
  expect(installedModel(models, 'owner/name', 'step0005000')).toBeNull();
  expect(installedModel(null, 'owner/name', 'main')).toBeNull();
});

test('what cannot be loaded is not installed', () => {
  const problem = { code: 'MODEL_FILE_MISSING', message: '', action: '', details: {} } as const;
  expect(installedModel([aModel({ problem })], 'owner/name', 'main')).toBeNull();
});
