import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../../main/cli/arguments.ts';
import { samplingFrom } from '../../../main/cli/sampling-arguments.ts';
import { defaultSampling } from '../../../main/contract/sampling.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

test('absent options keep the defaults, given ones replace them', async () => {
  expect(await samplingFrom({})).toEqual(defaultSampling);
  expect(
    await samplingFrom({
      temperature: '0',
      'top-k': '40',
      'typical-p': '0.9',
      'frequency-penalty': '-0.5',
      'presence-penalty': '1',
      seed: '7',
      'max-tokens': '12',
    }),
  ).toEqual({
    ...defaultSampling,
    temperature: 0,
    topK: 40,
    typicalP: 0.9,
    frequencyPenalty: -0.5,
    presencePenalty: 1,
    seed: 7,
    maxTokens: 12,
  });
});

test('options that may be repeated are collected', async () => {
  const sampling = await samplingFrom({ 'logit-bias': ['12=-100', '007=0.5'], ban: ['a', 'b=c'], stop: ['\n\n'] });
  expect(sampling).toEqual({
    ...defaultSampling,
    logitBias: { 12: -100, 7: 0.5 },
    bannedStrings: ['a', 'b=c'],
    stopStrings: ['\n\n'],
  });
});

test('a grammar comes from the command line or from a file', async () => {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'a.json'), '{"type":"integer"}');
  await writeFile(join(folder, 'a.gbnf'), 'root ::= "é"');
  const grammar = async (values: Parameters<typeof samplingFrom>[0]) => (await samplingFrom(values)).grammar;
  expect(await grammar({ 'json-schema': ' {"type":"string"}' })).toEqual({
    type: 'json-schema',
    source: ' {"type":"string"}',
  });
  expect(await grammar({ 'json-schema': join(folder, 'a.json') })).toEqual({
    type: 'json-schema',
    source: '{"type":"integer"}',
  });
  expect(await grammar({ regex: 'oui|non' })).toEqual({ type: 'regex', source: 'oui|non' });
  expect(await grammar({ grammar: join(folder, 'a.gbnf') })).toEqual({ type: 'gbnf', source: 'root ::= "é"' });
});

test.each([
  { temperature: 'warm' },
  { temperature: '' },
  { temperature: '-1' },
  { 'top-p': '1.5' },
  { 'top-k': '2.5' },
  { 'typical-p': '0' },
  { 'frequency-penalty': '3' },
  { 'max-tokens': '0' },
  { 'logit-bias': ['12'] },
  { 'logit-bias': ['un=1'] },
  { 'logit-bias': ['1=101'] },
  { ban: [''] },
  { regex: 'a', grammar: 'b' },
  { grammar: '/nowhere/a.gbnf' },
  { 'json-schema': '/nowhere/a.json' },
])('%j is refused', async (values) => {
  await expect(samplingFrom(values)).rejects.toThrow(UsageError);
});
