import { describe, expect, it } from 'vitest';
import { recogniseFamily } from '../../../../main/tokenizer/fast/family.ts';
import { demoJson, type TokenizerJson } from './demo-encoder.ts';

const model = (json: TokenizerJson) =>
  json.model as { vocab: Record<string, number>; merges: unknown[]; dropout: unknown };
const steps = (json: TokenizerJson, name: 'normalizer' | 'decoder') =>
  (json[name] as { normalizers?: unknown[]; decoders?: unknown[] })[
    name === 'normalizer' ? 'normalizers' : 'decoders'
  ] as Record<string, unknown>[];
const addedTokens = (json: TokenizerJson) => json.added_tokens as Record<string, unknown>[];

/** Each makes a tokenizer that the fast path would not encode as the library does. */
const changes: [string, (json: TokenizerJson) => unknown][] = [
  ['a pre-tokenizer', (json) => (json.pre_tokenizer = { type: 'Whitespace' })],
  ['truncation', (json) => (json.truncation = { max_length: 8 })],
  ['a field that is not known', (json) => (json.padding_side = 'left')],
  ['no normaliser', (json) => (json.normalizer = null)],
  ['NFKC for NFC', (json) => (steps(json, 'normalizer')[0] = { type: 'NFKC' })],
  ['one step more', (json) => steps(json, 'normalizer').splice(1, 0, { type: 'Lowercase' })],
  ['another pattern', (json) => (steps(json, 'normalizer')[4] = replace('\\((?=\\w)', '( '))],
  ['another content', (json) => (steps(json, 'normalizer')[4] = replace('\\((?=[ \\w])', '(  '))],
  ['spaces after a letter', (json) => (steps(json, 'normalizer')[4] = replace('a(?=[ \\w])', 'a '))],
  ['a range of deleted characters', (json) => (steps(json, 'normalizer')[1] = replace('[a-z]', ''))],
  ['another prefix', (json) => change(steps(json, 'normalizer').at(-2), { prepend: '▁' })],
  [
    'no spaces among the blanks',
    (json) => (steps(json, 'normalizer')[steps(json, 'normalizer').length - 1] = replace('[\\u00A0]', '▁')),
  ],
  ['a decoder without Fuse', (json) => steps(json, 'decoder').splice(2, 1)],
  [
    'a decoder that drops words',
    (json) => steps(json, 'decoder').push({ type: 'Replace', pattern: { String: 'a b' }, content: 'a' }),
  ],
  ['a control token that takes spaces', (json) => change(addedTokens(json)[0], { lstrip: true })],
  ['a control token after normalisation', (json) => change(addedTokens(json)[0], { normalized: true })],
  ['a control token outside the vocabulary', (json) => change(addedTokens(json)[0], { id: 9_999 })],
  ['dropout', (json) => (model(json).dropout = 0.1)],
  ['ignored merges', (json) => (json.model = { ...model(json), ignore_merges: true })],
  [
    'a missing byte',
    (json) => (json.model = { ...model(json), vocab: renamed(model(json).vocab, '<0xC3>', '<0xc3>') }),
  ],
  ['a piece with a space inside', (json) => (model(json).vocab['à▁la'] = Object.keys(model(json).vocab).length)],
  ['a merge of nothing', (json) => model(json).merges.push(['▁zz', 'qq'])],
  ['a merge that is there twice', (json) => model(json).merges.push(model(json).merges[0])],
  ['a merge of three', (json) => model(json).merges.push('a b c')],
  ['an unknown token that is not there', (json) => (json.model = { ...model(json), unk_token: '<none>' })],
];

function change(part: Record<string, unknown> | undefined, fields: Record<string, unknown>): void {
  Object.assign(part ?? {}, fields);
}

function replace(pattern: string, content: string): Record<string, unknown> {
  return { type: 'Replace', pattern: { Regex: pattern }, content };
}

function renamed(vocab: Record<string, number>, piece: string, name: string): Record<string, number> {
  return Object.fromEntries(Object.entries(vocab).map(([key, id]) => [key === piece ? name : key, id]));
}

describe('recogniseFamily', () => {
  it('reads the tokenizer of the demo', () => {
    const family = recogniseFamily(demoJson());
    expect(family).toMatchObject({
      before: [0],
      after: [],
      normaliser: { deleted: [0x0d, 0x00], blanks: [0x20, 0xa0] },
    });
    expect(String.fromCharCode(...(family?.normaliser.spacedAfter ?? []))).toBe('\n\t([{/<\'’"«“‘‚‹—–―');
    expect(family?.decoder.swallowers.slice(0, 4)).toEqual([
      '<|start_header_id|>',
      '<|end_header_id|>',
      '<|eot_id|>',
      '\n',
    ]);
  });

  it('reads merges in both notations', () => {
    const json = demoJson();
    const lines = model(json).merges.map((merge) => (merge as string[]).join(' '));
    expect(recogniseFamily({ ...json, model: { ...model(json), merges: lines } })?.merges).toEqual(
      recogniseFamily(json)?.merges,
    );
  });

  it.each(changes)('leaves a tokenizer with %s to the library', (_, alter) => {
    const json = demoJson();
    alter(json);
    expect(recogniseFamily(json)).toBeNull();
  });

  it.each([[null], ['text'], [{}], [[]]])('leaves %j to the library', (json) => {
    expect(recogniseFamily(json)).toBeNull();
  });
});
