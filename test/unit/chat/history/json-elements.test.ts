import { expect, test } from 'vitest';
import { jsonElements, type JsonElement } from '../../../../main/chat/history/transfer/json-elements.ts';
import { SeededRandom } from '../../../fixtures/seeded-random.ts';

async function cut(text: string, chunkLength = 7, longestElement = 1_000): Promise<JsonElement[]> {
  async function* chunks() {
    for (let at = 0; at < text.length; at += chunkLength) yield await Promise.resolve(text.slice(at, at + chunkLength));
  }
  const elements: JsonElement[] = [];
  for await (const element of jsonElements(chunks(), { listKeys: ['list'], longestElement })) elements.push(element);
  return elements;
}

test('the elements of a root array, and the members of a root object with their lists cut', async () => {
  expect(await cut(' [1, {"a":"]\\"}"} , [2,[3]],"x", null]\n')).toEqual(
    ['1', '{"a":"]\\"}"}', '[2,[3]]', '"x"', 'null'].map((text, index) => ({ key: null, index, text })),
  );
  expect(await cut('{"n" : -1.5e3,"list":[ {"a":1},2 ], "other":[1,2],"list2":{}}')).toEqual([
    { key: 'n', index: null, text: '-1.5e3' },
    { key: 'list', index: 0, text: '{"a":1}' },
    { key: 'list', index: 1, text: '2' },
    { key: 'other', index: null, text: '[1,2]' },
    { key: 'list2', index: null, text: '{}' },
  ]);
  expect(await cut('{}')).toEqual([]);
  expect(await cut('{"list":[]}')).toEqual([]);
});

test('however the text is cut into chunks, the parts are those of JSON.parse', async () => {
  const random = new SeededRandom(3);
  const strings = ['', '"', '\\', 'é😀', '[{', '}],', '\n'] as const;
  const make = (depth: number): unknown => {
    const kind = random.below(depth > 2 ? 4 : 6);
    if (kind === 0) return random.pick(strings);
    if (kind === 1) return random.below(1_000) / 8 - 20;
    if (kind === 2) return random.below(2) === 0;
    if (kind === 3) return null;
    const many = Array.from({ length: random.below(4) }, () => make(depth + 1));
    return kind === 4 ? many : Object.fromEntries(many.map((value, i) => [`${random.pick(strings)}${i}`, value]));
  };
  for (let i = 0; i < 200; i += 1) {
    const values = Array.from({ length: random.below(5) }, () => make(0));
    const space = random.below(2) * 2;
    const parts = await cut(JSON.stringify({ list: values, rest: values }, null, space), 1 + random.below(9));
    const listed = parts.filter(({ key }) => key === 'list').map(({ text }) => JSON.parse(text ?? '') as unknown);
    expect(listed).toEqual(values);
    expect(JSON.parse(parts.at(-1)?.text ?? '')).toEqual(values);
  }
});

test('a part that is too long is passed over, the others are read', async () => {
  const parts = await cut(`[1,"${'x'.repeat(5_000)}",3]`, 64);
  expect(parts.map(({ text }) => text)).toEqual(['1', null, '3']);
});

test('broken nesting and an early end are told with their place', async () => {
  for (const bad of [
    '',
    '12',
    '[1,2',
    '{"a":1',
    '{"list":[1,',
    '[1]]',
    '{"a" 1}',
    '[1 2]',
    '{1:2}',
    '[,]',
    '[1,]',
    '{"a":1,}',
    '["abc',
  ]) {
    await expect(cut(bad), bad).rejects.toMatchObject({ code: 'CONVERSATION_FILE_INVALID' });
  }
  await expect(cut('[1, 2, x]')).rejects.toThrow('character 7');
});
