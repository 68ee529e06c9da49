/** From the prompt to the ids that one contender is fed. */
import type { LoadedModel, Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Contender, SideBySidePrompt } from '../contract/side-by-side.ts';
import type { EngineClient } from '../models/index.ts';
import { promptText } from './prompt-text.ts';

/** @throws WorkbenchError `CONTEXT_EXCEEDED`, `CHAT_TEMPLATE_INVALID` */
export async function encodeFor(
  { engine, model }: { engine: EngineClient; model: LoadedModel },
  prompt: SideBySidePrompt,
  contender: Contender,
): Promise<number[]> {
  const { ids } =
    contender.mode === 'text'
      ? await engine.encode({ text: promptText(prompt), addBos: true, controlTokens: 'as-text' })
      : await engine.encodeChat({ turns: turnsOf(prompt, contender.systemPrompt), addGenerationPrompt: true });
  const { contextLength } = model;
  if (ids.length < contextLength) return ids;
  throw new WorkbenchError(
    'CONTEXT_EXCEEDED',
    `The prompt has ${ids.length} tokens; the context of ${model.name} holds ${contextLength}.`,
    { action: 'Shorten the prompt or leave this model out.', details: { tokens: ids.length, limit: contextLength } },
  );
}

function turnsOf(prompt: SideBySidePrompt, systemPrompt: string): Turn[] {
  const turns: Turn[] = prompt.kind === 'text' ? [{ role: 'user', text: prompt.text }] : prompt.turns;
  if (systemPrompt.trim() === '') return turns;
  return [{ role: 'system', text: systemPrompt }, ...turns.filter(({ role }) => role !== 'system')];
}
