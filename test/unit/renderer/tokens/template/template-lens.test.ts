import { describe, expect, it, vi } from 'vitest';
import type { RenderedTemplate, TemplateInput } from '../../../../../main/contract/template-lens.ts';
import { WorkbenchError } from '../../../../../main/contract/errors.ts';
import type { Connection } from '../../../../../renderer/connection/connection.ts';
import { TemplateLens } from '../../../../../renderer/tokens/template/template-lens.svelte.ts';

const chosen = { kind: 'chosen' } as const;
const failed = (message: string): RenderedTemplate => ({
  kind: 'failed',
  problem: { kind: 'syntax', message, place: null },
});

function lensOver(
  template: () => Promise<{ source: string | null }>,
  renderTemplate: (input: TemplateInput) => Promise<RenderedTemplate> = () => Promise.resolve(failed('none')),
): TemplateLens {
  return new TemplateLens({ client: { tokens: { template, renderTemplate } } } as unknown as Connection);
}

describe('TemplateLens', () => {
  it('shows the template of the model, and keeps one that is being edited', async () => {
    let source = 'first';
    const lens = lensOver(() => Promise.resolve({ source }));
    await lens.open(chosen);
    expect(lens.source).toBe('first');
    source = 'second';
    await lens.open(chosen);
    expect(lens.source).toBe('second');
    lens.write('mine');
    source = 'third';
    await lens.open(chosen);
    expect([lens.source, lens.original]).toEqual(['mine', 'third']);
    lens.reset();
    expect(lens.source).toBe('third');
  });

  it('offers a template to begin with where the model has none', async () => {
    const none = new WorkbenchError('CHAT_TEMPLATE_INVALID', 'none', { action: 'write one' });
    for (const answer of [() => Promise.resolve({ source: null }), () => Promise.reject(none)]) {
      const lens = lensOver(answer);
      await lens.open(chosen);
      expect(lens.original).toBeNull();
      expect(lens.source).toContain('add_generation_prompt');
    }
  });

  it('adds, moves, changes and removes turns', () => {
    const lens = lensOver(() => Promise.resolve({ source: null }));
    lens.useTurns([
      { role: 'system', content: 'a' },
      { role: 'user', content: 'b' },
    ]);
    lens.addTurn();
    expect(lens.turns.map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    const [first, , last] = lens.turns.map(({ key }) => key);
    lens.moveTurn(last ?? -1, -1);
    lens.moveTurn(first ?? -1, -1);
    lens.changeTurn(last ?? -1, { content: 'c' });
    expect(lens.turns.map(({ content }) => content)).toEqual(['a', 'c', 'b']);
    lens.removeTurn(first ?? -1);
    expect(lens.turns.map(({ content }) => content)).toEqual(['c', 'b']);
  });

  it('never shows an older answer over a newer one', async () => {
    vi.useFakeTimers();
    const answers: ((result: RenderedTemplate) => void)[] = [];
    const lens = lensOver(
      () => Promise.resolve({ source: null }),
      () => new Promise((resolve) => answers.push(resolve)),
    );
    const input = { template: '', messages: [], addGenerationPrompt: true, controlTokens: 'escape' as const };
    const first = lens.render(chosen, input);
    await vi.runAllTimersAsync();
    const second = lens.render(chosen, input);
    await vi.runAllTimersAsync();
    answers[1]?.(failed('new'));
    answers[0]?.(failed('old'));
    await Promise.all([first, second]);
    expect(lens.result).toEqual(failed('new'));
    expect(lens.pending).toBe(false);
    vi.useRealTimers();
  });
});
