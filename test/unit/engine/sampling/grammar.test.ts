import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Grammar } from '../../../../main/contract/sampling.ts';
import { compileGrammar, type GrammarMatcher } from '../../../../main/engine/sampling/grammar.ts';
import { TokenBytes, Tokenizer } from '../../../../main/tokenizer/index.ts';
import { describeWithShared } from '../../../fixtures/shared-folder.ts';
import { demoFolder } from '../../tokenizer/demo-folder.ts';
import { randomAnswer } from './constrained-answers.ts';

const schema = JSON.stringify({
  type: 'object',
  properties: {
    nom: { type: 'string' },
    age: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 3 },
    genre: { enum: ['f', 'm', ' autre'] },
  },
  required: ['nom', 'age', 'tags', 'genre'],
  additionalProperties: false,
});

/** What ends a string, a list or a number is liked. */
const ending = (piece: string): number => (/^▁?["\]},:)]+$/.test(piece) ? 9 : 0);

function keepsTheForm(load: () => Promise<Tokenizer>): void {
  let tokenizer: Tokenizer;
  let stopIds: number[];
  beforeAll(async () => {
    tokenizer = await load();
    stopIds = [tokenizer.idOf('</s>') ?? -1];
  });
  const answer = (grammar: Grammar, seed: number) => randomAnswer(tokenizer, stopIds, { grammar }, seed, ending);

  it('writes JSON of the schema, beginning without a space', async () => {
    let finished = 0;
    for (let seed = 0; seed < 5; seed++) {
      const { text, isFinished } = await answer({ type: 'json-schema', source: schema }, seed);
      expect(text.startsWith('{')).toBe(true);
      if (!isFinished) continue;
      finished++;
      const value = JSON.parse(text) as Record<string, unknown>;
      expect(Object.keys(value)).toEqual(['nom', 'age', 'tags', 'genre']);
      expect(Number.isInteger(value['age'])).toBe(true);
      // The space that the decoder drops after a quotation mark is not lost.
      expect(['f', 'm', ' autre']).toContain(value['genre']);
    }
    expect(finished).toBeGreaterThan(1);
  });

  it.each<[Grammar['type'], string, RegExp]>([
    ['regex', '\\( ?[a-zé]{2,8}\\) (oui|non)', /^\( ?[a-zé]{2,8}\) (oui|non)$/],
    ['regex', '[à-ÿ]{2,3}[ê ].', /^[à-ÿ]{2,3}[ê ]./u],
    ['regex', "l'[a-z]{1,3}\\n [0-9]+", /^l'[a-z]{1,3}\n [0-9]+$/],
    ['gbnf', 'root ::= item{2,3}\nitem ::= "- " [^\\n]{1,9} "\\n"', /^(- [^\n]{1,9}\n){2,3}$/u],
    ['gbnf', 'root ::= "«" . "»" | " 日本" .', /^(«.»| 日本.)$/su],
  ])('keeps to the %s %j on the text that is shown', async (type, source, expected) => {
    let finished = 0;
    for (let seed = 0; seed < 5; seed++) {
      const { text, isFinished } = await answer({ type, source }, seed);
      if (!isFinished) continue;
      finished++;
      expect(text).toMatch(expected);
    }
    expect(finished).toBeGreaterThan(1);
  });
}

const tokenizer = await Tokenizer.load(demoFolder);
const tokens = new TokenBytes(tokenizer);
const stopIds = [tokenizer.idOf('</s>') ?? -1];
const compile = (type: Grammar['type'], source: string) =>
  compileGrammar({ tokenizer, tokens, stopIds }, { type, source });

async function allowed(matcher: GrammarMatcher): Promise<string[]> {
  const mask = new Uint32Array(Math.ceil(tokenizer.vocabularySize / 32));
  await matcher.fillMask(mask);
  const ids = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id);
  return ids.filter((id) => (((mask[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1).map((id) => tokenizer.pieceOf(id));
}

describe('a grammar with the demo vocabulary', () => {
  keepsTheForm(() => Tokenizer.load(demoFolder));

  it('lets a first token come with a space that is not shown, and the answer end only where it is complete', async () => {
    const matcher = await compile('regex', 'la');
    const first = await allowed(matcher);
    expect(first.filter((piece) => !/^▁+$/.test(piece)).sort()).toEqual(['<0x6C>', 'l', 'la', '▁l', '▁la'].sort());
    // Nothing is left of it at the start.
    expect(first).toContain('▁');
    matcher.accept(tokenizer.idOf('▁') ?? -1);
    expect((await allowed(matcher)).sort()).toEqual(['<0x6C>', 'l', 'la'].sort());
    matcher.rollback(1);
    expect(await allowed(matcher)).toEqual(first);
    matcher.accept(tokenizer.idOf('▁la') ?? -1);
    expect(await allowed(matcher)).toEqual(['</s>']);
    expect(matcher.isFinished).toBe(false);
    matcher.accept(stopIds[0] ?? -1);
    expect(matcher.isFinished).toBe(true);
    expect(await allowed(matcher)).toEqual(['</s>']);
    matcher.dispose();
  });

  it('takes tokens back', async () => {
    const matcher = await compile('regex', '\\(la\\)');
    const before = await allowed(matcher);
    matcher.accept(tokenizer.idOf('(') ?? -1);
    const within = await allowed(matcher);
    expect(within).toContain('▁la');
    matcher.accept(tokenizer.idOf('▁la') ?? -1);
    matcher.rollback(1);
    expect(await allowed(matcher)).toEqual(within);
    matcher.rollback(1);
    expect(await allowed(matcher)).toEqual(before);
    expect(() => matcher.rollback(1)).toThrow(/cannot be taken back/);
    matcher.dispose();
  });

  it('refuses a token that it forbids', async () => {
    const matcher = await compile('regex', 'a');
    expect(() => matcher.accept(tokenizer.idOf('b') ?? -1)).toThrow(/does not allow token/);
    matcher.dispose();
  });

  it.each<[Grammar['type'], string, RegExp]>([
    ['json-schema', '{', /schema is not JSON/],
    ['json-schema', '{"type":"nonsense"}', /Unsupported type "nonsense"/],
    ['json-schema', '{"type":"array","uniqueItems":true}', /keyword "uniqueItems" is not supported/],
    ['json-schema', 'false', /cannot accept any value/],
    ['regex', '(a', /position 3: The parenthesis is not closed/],
    ['regex', 'a(?=b)', /Lookahead is not supported/],
    ['gbnf', 'r ::= "a"', /root rule with name "root" is not found/],
    ['gbnf', 'root ::= b', /Rule "b" is not defined/],
  ])('says what is wrong with the %s %j, and goes on with the next', async (type, source, reason) => {
    await expect(compile(type, source)).rejects.toThrow(
      expect.objectContaining({ code: 'GRAMMAR_INVALID', message: expect.stringMatching(reason) as string }),
    );
    (await compile('regex', 'a')).dispose();
  });
});

describeWithShared('a grammar with the vocabulary of Lucie', (shared) => {
  keepsTheForm(() => Tokenizer.load(join(shared, 'lucie/tokenizer_instruct')));
});
