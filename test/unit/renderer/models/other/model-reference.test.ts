import { expect, test } from 'vitest';
import { parseModelReference } from '../../../../../renderer/models/other/model-reference.ts';

test.each([
  ['owner/name', 'owner/name', 'main'],
  ['  owner/name@step0005000 ', 'owner/name', 'step0005000'],
  ['owner/name@', 'owner/name', 'main'],
  ['owner/name@refs/pr/3', 'owner/name', 'refs/pr/3'],
  ['https://huggingface.co/owner/name', 'owner/name', 'main'],
  ['https://huggingface.co/owner/name/', 'owner/name', 'main'],
  ['https://huggingface.co/owner/name/tree/v2?x=1', 'owner/name', 'v2'],
  ['https://hf.co/owner/name/tree/refs%2Fpr%2F1', 'owner/name', 'refs/pr/1'],
  ['https://huggingface.co/owner/name/blob/main/README.md', 'owner/name', 'main'],
  // Another host is none of the hub's names: the main side says so.
  ['https://example.org/owner/name', 'https://example.org/owner/name', 'main'],
])('%s', (text, repository, revision) => {
  expect(parseModelReference(text)).toEqual({ repository, revision });
});

test('nothing is nothing', () => {
  expect(parseModelReference('  ')).toBeNull();
});
