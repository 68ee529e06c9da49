/** Stop strings, banned strings and grammars through the whole engine, with and without drafts. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Sampling } from '../../../main/contract/sampling.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { answer, demoFolder, greedy } from './demo-models.ts';

describe('an answer under constraints', () => {
  const engine = new Engine();
  let promptIds: number[];
  beforeAll(async () => {
    await engine.load(demoFolder, 'cpu');
    const question = 'Quelle est la capitale de la France ?';
    promptIds = (await engine.encodeChat([{ role: 'user', text: question }], true)).ids;
  });

  /** The answer, which must not depend on drafts. */
  async function answered(change: Partial<Sampling>) {
    const sampling = { ...greedy, ...change };
    const plain = await answer(engine, promptIds, sampling, undefined, false);
    const drafted = await answer(engine, promptIds, sampling);
    expect(drafted.ids).toEqual(plain.ids);
    expect(drafted.text).toBe(plain.text);
    return plain;
  }

  it('ends before a stop string, wherever the tokens part it', async () => {
    const whole = await answered({});
    const { text, end } = await answered({ stopStrings: ['nce est P'] });
    expect(whole.text).toContain('nce est P');
    expect(text).toBe(whole.text.slice(0, whole.text.indexOf('nce est P')));
    expect(end.reason).toBe('stop-string');
  });

  it('gives back what was held for a stop string that does not come', async () => {
    const whole = await answered({});
    expect((await answered({ stopStrings: [`${whole.text}!`] })).text).toBe(whole.text);
  });

  it('says something else than what is banned', async () => {
    const { text, events } = await answered({ bannedStrings: ['Paris'] });
    expect(text).not.toContain('Paris');
    const first = events.find((event) => event.type === 'token');
    expect(first?.token.probability).toBe(1);
  });

  it('answers in the form of a regular expression', async () => {
    const { text, end } = await answered({ grammar: { type: 'regex', source: '[0-9]+ km' } });
    expect(text).toMatch(/^[0-9]+ km$|^[0-9]+$/);
    expect(['stop-token', 'max-tokens']).toContain(end.reason);
  });

  it('answers in the form of a JSON schema', async () => {
    const schema = { type: 'object', properties: { ville: { enum: ['Paris', 'Rome'] } }, required: ['ville'] };
    const grammar = {
      type: 'json-schema' as const,
      source: JSON.stringify({ ...schema, additionalProperties: false }),
    };
    const { text, end } = await answered({ grammar, maxTokens: 200 });
    expect(end.reason).toBe('stop-token');
    expect(['Paris', 'Rome']).toContain((JSON.parse(text) as { ville: string }).ville);
  });

  it('refuses a grammar that is none before anything is generated, and answers the next question', async () => {
    const input = {
      generationId: 'bad',
      promptIds,
      sampling: { ...greedy, grammar: { type: 'gbnf' as const, source: 'root ::= (' } },
    };
    await expect(engine.generate(input)).rejects.toMatchObject({ code: 'GRAMMAR_INVALID' });
    expect((await answered({})).text).toContain('Paris');
  });

  it('gives the probability of each sampled token after all steps', async () => {
    const { events } = await answer(engine, promptIds, { ...greedy, temperature: 1.5, topK: 3, seed: 5 });
    for (const event of events) {
      if (event.type !== 'token') continue;
      const { probability, logProbability } = event.token;
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
      // Three tokens at the most share what was left.
      if (event.token.rank === 1) expect(probability).toBeGreaterThanOrEqual(1 / 3);
      expect(logProbability).toBeLessThanOrEqual(0);
    }
  });
});
