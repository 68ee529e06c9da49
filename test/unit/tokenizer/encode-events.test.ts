import { beforeAll, describe, expect, it } from 'vitest';
import { unpackBytes, unpackUint32 } from '../../../main/contract/packed-numbers.ts';
import { encodeEventSchema, type EncodeEvent } from '../../../main/contract/tokenisation.ts';
import { encodeEvents } from '../../../main/tokenizer/encode-events.ts';
import { applyAlterations, Tokenizer, tokenizeWithSpans } from '../../../main/tokenizer/index.ts';
import { embedded } from '../../fixtures/workbench.ts';

let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = await Tokenizer.load(embedded.modelFolder);
});

async function eventsOf(text: string): Promise<EncodeEvent[]> {
  const events: EncodeEvent[] = [];
  for await (const event of encodeEvents(tokenizer, text)) events.push(encodeEventSchema.parse(event));
  return events;
}

const long = "L'été, «\u00a0le vent\u00a0» se lève ; il fait 25 °C (très chaud). 🌊\r\n".repeat(3_000);

describe('encodeEvents', () => {
  it('tells in several events what one call gives', async () => {
    const events = await eventsOf(long);
    const slices = events.filter((event) => event.type === 'tokens');
    expect(slices.length).toBeGreaterThan(3);
    const column = (name: 'ids' | 'starts' | 'ends') => slices.flatMap((slice) => [...unpackUint32(slice[name])]);
    const whole = await tokenizeWithSpans(tokenizer, long);
    expect(column('ids')).toEqual(whole.ids);
    expect(column('starts')).toEqual(whole.starts);
    expect(column('ends')).toEqual(whole.ends);
    expect(slices.flatMap(({ flags }) => [...unpackBytes(flags)].map(Boolean))).toEqual(whole.insertedSpace);
    const entries = slices.flatMap(({ vocabulary }) => vocabulary);
    expect(entries.map(({ id }) => id)).toEqual([...new Set(whole.ids)]);
    expect(slices.map(({ done }) => done)).toEqual(slices.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(slices.at(-1)?.done).toBe(long.length);
  });

  it('ends with counts and with what does not come back', async () => {
    const text = "«\u00a0L'été\u00a0»\r";
    const end = (await eventsOf(text)).at(-1);
    if (end?.type !== 'end') throw new Error('no end');
    expect(end).toMatchObject({ characterCount: 10, wordCount: 3, utf8ByteCount: 16, alterationCount: 3 });
    const { decoded } = await tokenizeWithSpans(tokenizer, text);
    expect(applyAlterations(text, end.alterations)).toBe(decoded);
  });

  it('tells no more places than it promises, and still counts all', async () => {
    const end = (await eventsOf(long)).at(-1);
    if (end?.type !== 'end') throw new Error('no end');
    expect(end.alterations).toHaveLength(5_000);
    expect(end.alterationCount).toBe(9_000);
  });

  it('ends between two slices once it is cancelled', async () => {
    const controller = new AbortController();
    const events = encodeEvents(tokenizer, long, controller.signal);
    await events.next();
    controller.abort();
    await expect(events.next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});
