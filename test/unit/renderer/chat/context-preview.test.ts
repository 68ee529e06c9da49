import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ContextPlan } from '../../../../main/contract/context.ts';
import { ContextPreview } from '../../../../renderer/chat/context-preview.svelte.ts';
import type { Connection } from '../../../../renderer/connection/connection.ts';

const plan = { promptTokens: 10, contextLength: 64 } as ContextPlan;
const written = { text: 'Bonjour', attachments: [], prefill: '', options: {} };
const request = { conversationId: 'c', ...written, situation: '' };

function setUp(answer: (input: { text: string }) => Promise<ContextPlan | null>) {
  const ask = vi.fn(answer);
  const connection = { client: { chat: { plan: ask } } } as unknown as Connection;
  return { preview: new ContextPreview(connection), ask };
}

describe('ContextPreview', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks once for a run of keystrokes, for the last of them', async () => {
    const { preview, ask } = setUp(() => Promise.resolve(plan));
    for (const text of ['B', 'Bo', 'Bon']) preview.ask({ ...request, text });
    await vi.advanceTimersByTimeAsync(400);
    expect(ask.mock.calls.map(([input]) => input)).toEqual([{ conversationId: 'c', ...written, text: 'Bon' }]);
    expect(preview.plan).toBe(plan);
  });

  it('an answer that was overtaken does not win, and nothing is shown of what was emptied', async () => {
    const answers: ((plan: ContextPlan) => void)[] = [];
    const { preview } = setUp(() => new Promise((resolve) => answers.push(resolve)));
    preview.ask(request);
    await vi.advanceTimersByTimeAsync(400);
    preview.ask({ ...request, text: 'Bonjour !' });
    await vi.advanceTimersByTimeAsync(400);
    answers[1]?.(plan);
    await vi.advanceTimersByTimeAsync(0);
    answers[0]?.({ ...plan, promptTokens: 99 });
    await vi.advanceTimersByTimeAsync(0);
    expect(preview.plan).toBe(plan);
    preview.ask(null);
    expect(preview.plan).toBeNull();
  });

  it('keeps the last plan while the next is asked for, but never that of another conversation', async () => {
    const { preview } = setUp(() => Promise.resolve(plan));
    preview.ask(request);
    await vi.advanceTimersByTimeAsync(400);
    preview.ask({ ...request, text: 'Bonsoir' });
    expect(preview.plan).toBe(plan);
    preview.ask({ ...request, conversationId: null });
    expect(preview.plan).toBeNull();
  });

  it('shows nothing where it cannot be told', async () => {
    const { preview, ask } = setUp(() => Promise.reject(new Error('gone')));
    preview.ask(request);
    await vi.advanceTimersByTimeAsync(400);
    expect([ask.mock.calls.length, preview.plan]).toEqual([1, null]);
  });
});
