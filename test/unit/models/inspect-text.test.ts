import { expect, test } from 'vitest';
import type { LoadedModel } from '../../../main/contract/engine.ts';
import { WorkbenchError } from '../../../main/contract/errors.ts';
import type { AttentionEvent, LensEvent, NeighboursEvent } from '../../../main/contract/inspection.ts';
import {
  inspectAttention,
  inspectLens,
  nearestTokens,
  type EngineClient,
  type ModelService,
} from '../../../main/models/index.ts';
import { scriptedModel } from '../../fixtures/scripted-engine.ts';

/** An engine whose tokens are characters, and which says what it was asked. */
class SpellingModels {
  readonly asked: number[][] = [];
  neighbours: NeighboursEvent[] = [];
  checkedFor: (LoadedModel | undefined)[] = [];

  ready(): Promise<{ engine: EngineClient; model: LoadedModel }> {
    const begin = ({ ids }: { ids: number[] }) => {
      this.asked.push(ids);
      const tokens = ids.map((id) => ({ id, piece: String.fromCharCode(id) }));
      return streamOf<AttentionEvent & LensEvent>([
        { type: 'begin', tokens, tokenCount: ids.length, layers: 4 },
        { type: 'end', isComplete: true },
      ]);
    };
    const engine = {
      encode: ({ text }: { text: string }) =>
        Promise.resolve({ ids: [0, ...Array.from(text, (letter) => letter.charCodeAt(0))] }),
      attention: begin,
      lens: begin,
      neighbours: () => streamOf(this.neighbours),
    };
    return Promise.resolve({ engine: engine as unknown as EngineClient, model: scriptedModel });
  }

  checkFree(model?: LoadedModel): void {
    this.checkedFor.push(model);
  }

  async *generating<Event>(body: () => AsyncIterable<Event>): AsyncGenerator<Event> {
    yield* body();
  }
}

function streamOf<Event>(events: readonly Event[]): Promise<AsyncGenerator<Event>> {
  return Promise.resolve(
    (async function* () {
      await Promise.resolve();
      yield* events;
    })(),
  );
}

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const event of events) found.push(event);
  return found;
}

const models = () => new SpellingModels() as SpellingModels & ModelService;
const abc = { kind: 'text', text: 'abc' } as const;

test('looks at the first tokens of a text and says how many there are', async () => {
  const service = models();
  const events = await all(await inspectLens(service, { source: abc, firstTokens: 2, topK: 1 }));
  expect(service.asked).toEqual([[0, 97]]);
  expect(events[0]).toMatchObject({ type: 'begin', tokenCount: 4, tokens: [{ id: 0 }, { id: 97 }] });
  expect(service.checkedFor).toEqual([scriptedModel]);
});

test('takes ids as they are, and all of them where nothing else is asked', async () => {
  const service = models();
  const source = { kind: 'ids', ids: [5, 6, 7] } as const;
  await all(
    await inspectAttention(service, { source: { ...source, ids: [...source.ids] }, firstTokens: null, layer: 1 }),
  );
  expect(service.asked).toEqual([[5, 6, 7]]);
});

test('an empty text is refused before a model is loaded', async () => {
  const inspecting = inspectLens(models(), { source: { kind: 'text', text: '' }, firstTokens: null, topK: 1 });
  await expect(inspecting).rejects.toMatchObject({ code: 'PROMPT_EMPTY' });
});

test('a search for near tokens that was cancelled has no result', async () => {
  const service = models();
  service.neighbours = [{ type: 'end', isComplete: false }];
  await expect(nearestTokens(service, { id: 1, count: 2 })).rejects.toBeInstanceOf(WorkbenchError);
  const neighbours = [{ id: 2, piece: 'b', cosine: 0.5 }];
  service.neighbours = [
    { type: 'neighbours', neighbours },
    { type: 'end', isComplete: true },
  ];
  expect(await nearestTokens(service, { id: 1, count: 2 })).toEqual(neighbours);
});
