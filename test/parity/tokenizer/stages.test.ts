/**
 * The stages of Lucie's own tokenizers against ids and texts made with Python's `tokenizers` 0.23.2, and against the merges applied
 * by the book: of all pairs of neighbours the one of the lowest rank, again and again, over strings.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readChatTemplate } from '../../../main/tokenizer/chat-template.ts';
import { Tokenizer } from '../../../main/tokenizer/index.ts';
import { explain } from '../../../main/tokenizer/steps/explain.ts';
import { replayMerges } from '../../../main/tokenizer/steps/replay-merges.ts';
import { renderTemplate } from '../../../main/tokenizer/template-lens/render-template.ts';
import { describeWithShared } from '../../fixtures/shared-folder.ts';

interface Golden {
  strings: { text: string; pretrained: { ids: number[] }; instruct: { ids: number[] } }[];
  chat: {
    messages: { role: string; content: string }[];
    add_generation_prompt: boolean;
    rendered: string;
    ids: number[];
  }[];
}

const bos = 0;

describeWithShared('the stages of Lucie', (shared) => {
  const golden = JSON.parse(readFileSync(join(shared, 'lucie/derived/golden_tokens.json'), 'utf8')) as Golden;
  const folder = (kind: string) => join(shared, `lucie/tokenizer_${kind}`);

  it.each(['pretrained', 'instruct'] as const)('lead to the golden ids, part by part (%s)', async (kind) => {
    const tokenizer = await Tokenizer.load(folder(kind));
    for (const { text, ...entry } of golden.strings) {
      const { ids } = entry[kind];
      const result = await explain(tokenizer, text);
      expect(result.detail).toBe('exact');
      expect(result.ids).toEqual(ids[0] === bos && result.ids[0] !== bos ? ids.slice(1) : ids);
      expect(result.decoded).toBe(tokenizer.decode(result.ids, { keepControlTokens: true }));
      expect(result.atoms.map(({ decoded }) => decoded).join('')).toBe(result.decoded);
      expect(result.atoms.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
    }
  });

  it('replays the merges that the list of merges asks for', async () => {
    const tokenizer = await Tokenizer.load(folder('instruct'));
    const { model } = tokenizer.definition() as { model: { merges: (string | [string, string])[] } };
    const ranks = new Map(
      model.merges.map((merge, rank) => [typeof merge === 'string' ? merge : merge.join(' '), rank]),
    );
    const seen = new Set<string>();
    for (const { text } of golden.strings) {
      const { ids, chunks } = await explain(tokenizer, text);
      for (const { token, tokenCount, isControl } of chunks ?? []) {
        const own = ids.slice(token, token + tokenCount);
        if (isControl || seen.has(own.join()) || tokenCount > 60) continue;
        seen.add(own.join());
        const replay = replayMerges(tokenizer, own);
        if (replay.kind === 'none') throw new Error(`${own.join()}: ${replay.reason}`);
        const expected = mergesByTheBook(
          replay.initial.map(({ piece }) => piece),
          ranks,
        );
        expect(replay.merges.map(({ rank, at, result }) => [rank, at, result.piece])).toEqual(expected);
      }
    }
    expect(seen.size).toBeGreaterThan(150);
  });

  it('renders conversations to the golden texts and ids', async () => {
    const tokenizer = await Tokenizer.load(folder('instruct'));
    const { source, variables } = await readChatTemplate(folder('instruct'));
    for (const { messages, add_generation_prompt: addGenerationPrompt, rendered, ids } of golden.chat) {
      const input = { template: source ?? '', messages, addGenerationPrompt, controlTokens: 'parse' as const };
      expect(await renderTemplate(tokenizer, variables, input)).toMatchObject({
        kind: 'rendered',
        text: rendered,
        ids,
      });
    }
  });
});

function mergesByTheBook(initial: readonly string[], ranks: ReadonlyMap<string, number>): [number, number, string][] {
  const pieces = [...initial];
  const merges: [number, number, string][] = [];
  for (;;) {
    const pairs = pieces.slice(1).map((right, at) => ranks.get(`${pieces[at] ?? ''} ${right}`) ?? Infinity);
    const rank = Math.min(Infinity, ...pairs);
    if (rank === Infinity) return merges;
    const at = pairs.indexOf(rank);
    const merged = `${pieces[at] ?? ''}${pieces[at + 1] ?? ''}`;
    pieces.splice(at, 2, merged);
    merges.push([rank, at, merged]);
  }
}
