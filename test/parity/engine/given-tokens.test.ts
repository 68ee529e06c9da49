/** An answer that is begun with tokens of another: what follows must be what followed there, wherever it is cut. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { GenerationEvent, Sampling } from '../../../main/contract/index.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { Tokenizer } from '../../../main/tokenizer/index.ts';
import { answer, demoFolder, greedy } from './demo-models.ts';

const engine = new Engine();
let tokenizer: Tokenizer;
beforeAll(async () => {
  await engine.load(demoFolder, 'cpu');
  tokenizer = await Tokenizer.load(demoFolder);
});

async function promptFor(text: string): Promise<number[]> {
  return (await engine.encodeChat([{ role: 'user', text }], true)).ids;
}

async function goOn(promptIds: number[], givenTokens: number, sampling: Sampling, continuesText = false) {
  const input = { generationId: 'on', promptIds, givenTokens, continuesText, sampling };
  const events: GenerationEvent[] = [];
  for await (const event of await engine.generate(input)) events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('The stream ended without an end event.');
  const tokens = events.flatMap((event) => (event.type === 'token' ? [event.token] : []));
  const texts = events.flatMap((event) => (event.type === 'given' ? event.texts : []));
  const text = [...texts, ...tokens.map((token) => token.text), end.tail].join('');
  return { ids: tokens.map(({ id }) => id), texts, text, end };
}

/** Cut after every token, the answer goes on as it did, from what the cache holds. */
async function expectSameAtEveryCut(promptIds: number[], sampling: Sampling): Promise<number[]> {
  const whole = await answer(engine, promptIds, sampling);
  for (let cut = 0; cut <= whole.ids.length; cut++) {
    const given = whole.ids.slice(0, cut);
    const left = whole.ids.length - cut;
    const isDone = left === 0 && whole.end.reason !== 'stop-token';
    if (isDone) break;
    const maxTokens = sampling.maxTokens === null ? null : Math.max(1, sampling.maxTokens - cut);
    const rest = await goOn([...promptIds, ...given], cut, { ...sampling, maxTokens });
    expect(rest.ids, `cut after ${cut}`).toEqual(whole.ids.slice(cut));
    expect(rest.text, `cut after ${cut}`).toBe(whole.text);
    expect(rest.end.reason).toBe(whole.end.reason);
    expect(rest.texts).toHaveLength(cut);
    expect(rest.end.statistics.reusedTokens).toBe(promptIds.length + cut - 1);
  }
  return whole.ids;
}

const schema = { type: 'object', properties: { ville: { enum: ['Paris', 'Rome'] } }, required: ['ville'] };
const cases: [string, Partial<Sampling>][] = [
  ['nothing else', {}],
  ['frequency and presence penalties', { frequencyPenalty: 2, presencePenalty: 2, maxTokens: 30 }],
  ['a repetition penalty', { repetitionPenalty: 1.4 }],
  ['a stop string across tokens', { stopStrings: ['nce est P'] }],
  ['a stop string that only begins', { stopStrings: ['France est P!', 'x'] }],
  ['banned strings', { bannedStrings: ['Paris', 'de la F'] }],
  [
    'a grammar',
    {
      grammar: { type: 'json-schema', source: JSON.stringify({ ...schema, additionalProperties: false }) },
      maxTokens: 40,
    },
  ],
  ['a grammar and penalties', { grammar: { type: 'regex', source: '[a-z ]{5,40}' }, frequencyPenalty: 0.5 }],
];

describe('an answer that is cut and goes on', () => {
  it.each(cases)('is the unbroken one with %s', async (_name, change) => {
    const promptIds = await promptFor('Quelle est la capitale de la France ?');
    const ids = await expectSameAtEveryCut(promptIds, { ...greedy, ...change });
    expect(ids.length).toBeGreaterThan(3);
  });

  it('is the unbroken one in the middle of a character too', async () => {
    // Biases make it spell a character that the vocabulary has only as bytes.
    const bytes = await tokenizer.encode('👍👍');
    const logitBias = Object.fromEntries(bytes.filter((id) => tokenizer.kindOf(id) === 'byte').map((id) => [id, 30]));
    const sampling = { ...greedy, logitBias, grammar: { type: 'regex' as const, source: '(👍){6}' }, maxTokens: 60 };
    const ids = await expectSameAtEveryCut(await promptFor('Bonjour'), sampling);
    expect(ids.filter((id) => tokenizer.kindOf(id) === 'byte')).toHaveLength(24);
  });

  it('completes the character that the given tokens begin', async () => {
    const bytes = (await tokenizer.encode('👍')).filter((id) => tokenizer.kindOf(id) === 'byte');
    const promptIds = await promptFor('Bonjour');
    const given = bytes.slice(0, 2);
    const sampling = { ...greedy, grammar: { type: 'regex' as const, source: '👍' } };
    const { texts, text, ids } = await goOn([...promptIds, ...given], 2, sampling);
    expect(texts).toEqual(['', '']);
    expect([text, ids]).toEqual(['👍', bytes.slice(2)]);
  });
});

describe('the tokens that an answer begins with', () => {
  it('do not count for the limit of new tokens', async () => {
    const promptIds = await promptFor('Quelle est la capitale de la France ?');
    const { ids } = await answer(engine, promptIds);
    const rest = await goOn([...promptIds, ...ids.slice(0, 3)], 3, { ...greedy, maxTokens: 2 });
    expect(rest.end.reason).toBe('max-tokens');
    expect(rest.ids).toEqual(ids.slice(3, 5));
  });

  it('may hold a stop string, which ends nothing any more', async () => {
    const promptIds = await promptFor('Quelle est la capitale de la France ?');
    const whole = await answer(engine, promptIds);
    const stopped = await answer(engine, promptIds, { ...greedy, stopStrings: ['capitale'] });
    expect(stopped.end.reason).toBe('stop-string');
    const on = await goOn([...promptIds, ...stopped.ids], stopped.ids.length, { ...greedy, stopStrings: ['capitale'] });
    expect(on.text).toBe(whole.text);
  });

  it('are refused where the grammar has no way for them, and the engine is free', async () => {
    const promptIds = await promptFor('Combien ?');
    const given = await tokenizer.encode('Bonjour');
    const grammar = { type: 'regex' as const, source: '[0-9]+' };
    await expect(goOn([...promptIds, ...given], given.length, { ...greedy, grammar })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('Bonjour') as string,
    });
    await expect(goOn(promptIds, promptIds.length, greedy)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await answer(engine, promptIds)).ids.length).toBeGreaterThan(0);
  });
});

describe('an answer that goes on with the text of its prompt', () => {
  it('keeps the space that begins it, under a grammar too', async () => {
    const { ids } = await engine.encodeText([{ text: 'La capitale de la France est ' }], true);
    const alone = await goOn(ids, 0, { ...greedy, maxTokens: 8 });
    const after = await goOn(ids, 0, { ...greedy, maxTokens: 8 }, true);
    expect(after.ids).toEqual(alone.ids);
    expect(tokenizer.decode([...ids, ...after.ids])).toBe(`La capitale de la France est${after.text}`);
    const grammar = { type: 'regex' as const, source: ' [A-Z][a-z]+\\.' };
    const { text } = await goOn(ids, 0, { ...greedy, grammar, maxTokens: 20 }, true);
    expect(text).toMatch(/^ [A-Z][a-z]+\.?$/);
    const { text: unbanned } = await goOn(ids, 0, { ...greedy, bannedStrings: [' '], maxTokens: 5 }, true);
    expect(unbanned).not.toContain(' ');
  });
});
