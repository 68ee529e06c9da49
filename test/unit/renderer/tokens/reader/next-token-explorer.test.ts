import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { NextTokenExplorer } from '../../../../../renderer/tokens/reader/next-token-explorer.svelte.ts';
import { cutText } from './cut-text.ts';

const { signal } = new AbortController();

function explorerOf() {
  const asked: { contextIds: number[]; ids: number[] }[] = [];
  const textsAfter = async (input: { contextIds: number[]; ids: number[] }) => {
    asked.push(input);
    return { texts: input.ids.map((id) => ` t${id}`) };
  };
  return { explorer: new NextTokenExplorer({ client: { tokens: { textsAfter } } } as unknown as Connection), asked };
}

describe('NextTokenExplorer', () => {
  it('cuts the text off at the token that is replaced, and adds at its end', () => {
    const { explorer } = explorerOf();
    const tokenisation = cutText('un deux trois');
    expect(explorer.choose({ index: 1, id: 5, text: ' dix' }, tokenisation)).toBe('un dix');
    expect(explorer.choose({ index: 3, id: 5, text: ' dix' }, tokenisation)).toBe('un deux trois dix');
  });

  it('counts the path from its first choice, or from an earlier one, as long as the text before it stands', () => {
    const { explorer } = explorerOf();
    expect(explorer.pathIn(cutText('un deux'))).toBeNull();
    const first = explorer.choose({ index: 2, id: 5, text: ' dix' }, cutText('un deux trois'));
    const second = explorer.choose({ index: 3, id: 6, text: ' onze' }, cutText(first));
    expect([second, explorer.pathIn(cutText(second))]).toEqual(['un deux dix onze', 2]);
    const earlier = explorer.choose({ index: 1, id: 6, text: ' onze' }, cutText(second));
    expect([earlier, explorer.pathIn(cutText(earlier))]).toEqual(['un onze', 1]);
    expect(explorer.pathIn(cutText('une onze'))).toBeNull();
    expect(explorer.pathIn(cutText('un'))).toBeNull();
  });

  it('tells whether the text is cut as it was chosen', () => {
    const { explorer } = explorerOf();
    const text = explorer.choose(
      { index: 1, id: cutText('un dix').tokens.ids[1] ?? 0, text: ' dix' },
      cutText('un deux'),
    );
    expect([explorer.wasCut(cutText(text)), explorer.isCutOtherwise]).toEqual([true, false]);
    expect(explorer.wasCut(cutText(text))).toBe(false);
    explorer.choose({ index: 1, id: 1, text: ' dix' }, cutText('un deux'));
    expect([explorer.wasCut(cutText('un dix')), explorer.isCutOtherwise]).toEqual([true, true]);
  });

  it('gives a choice up when another text is cut before it', () => {
    const { explorer } = explorerOf();
    const text = explorer.choose({ index: 1, id: 1, text: ' dix' }, cutText('un deux'));
    expect(explorer.wasCut(cutText('un dix mille'))).toBe(false);
    expect([explorer.wasCut(cutText(text)), explorer.isCutOtherwise]).toEqual([false, false]);
  });

  it('tells where a choice was refused until the next one', () => {
    const { explorer } = explorerOf();
    explorer.refuse(3);
    expect(explorer.refusedIndex).toBe(3);
    explorer.choose({ index: 1, id: 1, text: ' dix' }, cutText('un deux'));
    expect(explorer.refusedIndex).toBeNull();
  });

  it('asks with the tokens before the place, and not within a character', async () => {
    const { explorer, asked } = explorerOf();
    const tokenisation = cutText('un deux trois');
    expect(await explorer.textsAt(tokenisation, 2, [7], { kind: 'chosen' }, signal)).toEqual([' t7']);
    expect(asked).toEqual([
      { tokenizer: { kind: 'chosen' }, contextIds: [...tokenisation.tokens.ids.slice(0, 2)], ids: [7] },
    ]);
    tokenisation.tokens.starts[2] = tokenisation.tokens.starts[1] ?? 0;
    tokenisation.tokens.ends[2] = tokenisation.tokens.ends[1] ?? 0;
    expect(await explorer.textsAt(tokenisation, 2, [7], { kind: 'chosen' }, signal)).toEqual([null]);
    expect(asked.length).toBe(1);
  });
});
