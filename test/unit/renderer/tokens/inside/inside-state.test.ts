import { expect, it } from 'vitest';
import { WorkbenchError } from '../../../../../main/contract/errors.ts';
import { packUint16 } from '../../../../../main/packing/pack-numbers.ts';
import type { AttentionEvent, LensEvent } from '../../../../../main/contract/inspection.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { InsideState, type Subject } from '../../../../../renderer/tokens/inside/inside-state.svelte.ts';

const begin = { type: 'begin', tokens: [{ id: 1, piece: 'a' }], tokenCount: 5, layers: 4 } as const;
const weights = packUint16(Uint16Array.of(65_535));
const position = { best: [], entropy: 1, next: null };

/** Answers when it is told to; says what it was asked. */
class Answers {
  readonly asked: { firstTokens: number | null; layer?: number }[] = [];
  subject: Omit<Subject, 'firstTokens'> = { text: 'a b', model: '/demo' };
  fails: WorkbenchError | null = null;
  #answers = 0;

  /** Lets one computation come to its end, also one that is still to come. */
  answer(): void {
    this.#answers++;
  }

  state(): InsideState {
    const attention = async (
      input: { firstTokens: number | null; layer: number },
      { signal }: { signal: AbortSignal },
    ) => {
      this.asked.push(input);
      if (this.fails !== null) throw this.fails;
      return this.#events<AttentionEvent>(signal, {
        type: 'attention',
        attention: { layer: input.layer, heads: 1, length: 1, weights },
      });
    };
    const lens = async (input: { firstTokens: number | null }, { signal }: { signal: AbortSignal }) => {
      this.asked.push(input);
      return this.#events<LensEvent>(signal, { type: 'state', state: 0, positions: [position] });
    };
    const connection = { client: { tokens: { attention, lens } } } as unknown as Connection;
    return new InsideState(connection, () => this.subject);
  }

  async *#events<Event>(signal: AbortSignal, last: Event): AsyncGenerator<Event | typeof begin> {
    yield begin;
    while (this.#answers === 0 && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
    signal.throwIfAborted();
    this.#answers--;
    yield last;
  }
}

it('computes what the open view shows, and knows what it is of', async () => {
  const answers = new Answers();
  const state = answers.state();
  const computing = state.compute();
  expect(state.pending).toBe('attention');
  answers.answer();
  await computing;
  expect(state.pending).toBeNull();
  expect(state.attention).toMatchObject({ text: 'a b', tokenCount: 5, layers: 4, map: { layer: 0 } });
  state.show('lens');
  const reading = state.compute();
  answers.answer();
  await reading;
  expect(state.lens?.states).toEqual([[position]]);
  expect(answers.asked.map(({ layer }) => layer)).toEqual([0, undefined]);
});

it('a result is of another text, length or model once one of them changes', async () => {
  const answers = new Answers();
  const state = answers.state();
  const computing = state.compute();
  answers.answer();
  await computing;
  const seen = state.attention;
  if (seen === null) throw new Error('There is no result.');
  expect(state.isStale(seen)).toBe(false);
  answers.subject = { text: 'a b', model: '/other' };
  expect(state.isStale(seen)).toBe(true);
  answers.subject = { text: 'a b', model: '/demo' };
  state.takeFirst(64);
  expect(state.isStale(seen)).toBe(true);
  state.takeFirst(seen.firstTokens);
  answers.subject = { text: 'b', model: '/demo' };
  expect(state.isStale(seen)).toBe(true);
});

it('of the layers chosen while one is computed, the last is computed after it', async () => {
  const answers = new Answers();
  const state = answers.state();
  const computing = state.chooseLayer(1);
  void state.chooseLayer(2);
  void state.chooseLayer(3);
  answers.answer();
  await expect.poll(() => answers.asked.length).toBe(2);
  answers.answer();
  await computing;
  expect(answers.asked.map(({ layer }) => layer)).toEqual([1, 3]);
  expect(state.attention?.map.layer).toBe(3);
});

it('begins with the first layer where another model is loaded, which may have fewer', async () => {
  const answers = new Answers();
  const state = answers.state();
  const computing = state.chooseLayer(3);
  answers.answer();
  await computing;
  answers.subject = { text: 'a b', model: '/other' };
  const again = state.compute();
  answers.answer();
  await again;
  expect(answers.asked.map(({ layer }) => layer)).toEqual([3, 0]);
});

it('learns the model that was loaded only for it', async () => {
  const answers = new Answers();
  answers.subject = { text: 'a b', model: null };
  const state = answers.state();
  const computing = state.compute();
  answers.subject = { text: 'a b', model: '/demo' };
  answers.answer();
  await computing;
  expect(state.attention?.model).toBe('/demo');
});

it('says that it was given up, and forgets it with the next', async () => {
  const answers = new Answers();
  const state = answers.state();
  const computing = state.compute();
  state.cancel();
  await computing;
  expect(state).toMatchObject({ isCancelled: true, error: null, pending: null, attention: null });
  const again = state.compute();
  expect(state.isCancelled).toBe(false);
  answers.answer();
  await again;
  expect(state.attention).not.toBeNull();
});

it('keeps the error of what failed', async () => {
  const answers = new Answers();
  answers.fails = new WorkbenchError('ENGINE_BUSY', 'Busy.', { action: 'Wait.' });
  const state = answers.state();
  await state.compute();
  expect(state.error).toMatchObject({ code: 'ENGINE_BUSY' });
  expect(state.pending).toBeNull();
});
