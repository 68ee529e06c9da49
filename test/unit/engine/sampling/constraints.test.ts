import { describe, expect, it } from 'vitest';
import { defaultSampling } from '../../../../main/contract/sampling.ts';
import { Constraints } from '../../../../main/engine/sampling/constraints.ts';
import { Tokenizer } from '../../../../main/tokenizer/index.ts';
import { demoFolder } from '../../tokenizer/demo-folder.ts';
import { randomAnswer } from './constrained-answers.ts';

const tokenizer = await Tokenizer.load(demoFolder);
const stopIds = [tokenizer.idOf('</s>') ?? -1];

describe('Constraints', () => {
  it('forbids nothing where nothing is asked for', async () => {
    const constraints = await Constraints.of({ tokenizer, stopIds, vocabularySize: 7_000 }, defaultSampling);
    expect(await constraints.allowed()).toBeNull();
  });

  it('lets tokens beyond the tokenizer come under a ban, and not under a grammar', async () => {
    const model = { tokenizer, stopIds, vocabularySize: tokenizer.vocabularySize + 40 };
    const last = model.vocabularySize - 1;
    const isAllowed = async (constraints: Constraints) =>
      (((await constraints.allowed())?.[last >>> 5] ?? 0) >>> (last & 31)) & 1;
    expect(await isAllowed(await Constraints.of(model, { ...defaultSampling, bannedStrings: ['a'] }))).toBe(1);
    const grammar = { type: 'regex', source: '[a-z]+' } as const;
    expect(await isAllowed(await Constraints.of(model, { ...defaultSampling, grammar }))).toBe(0);
  });

  it('holds bans and a grammar at once', async () => {
    const grammar = { type: 'regex', source: '[a-z]{3,9}' } as const;
    for (let seed = 0; seed < 20; seed++) {
      const { text } = await randomAnswer(tokenizer, stopIds, { grammar, bannedStrings: ['e', 'la'] }, seed, () => 0);
      expect(text).toMatch(/^(?!.*(e|la))[a-z]{3,9}$/);
    }
  });

  it('says that no token is left where a ban closes the only way of a grammar', async () => {
    const grammar = { type: 'regex', source: 'oui' } as const;
    await expect(randomAnswer(tokenizer, stopIds, { grammar, bannedStrings: ['ui'] }, 1, () => 0)).rejects.toThrow(
      expect.objectContaining({ code: 'NO_TOKEN_ALLOWED' }),
    );
  });
});
