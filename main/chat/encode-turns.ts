/** What is said as ids, through the chat template or as plain text, and the text that the answer is to begin with. */
import type { Message } from '../contract/chat.ts';
import type { Turn } from '../contract/engine.ts';
import type { EngineClient } from '../models/index.ts';

export interface EncodedTurns {
  /** With the start of the answer, as far as the template writes one. */
  ids: number[];
  /** `boundaries[i]` is the number of ids up to and including turn i. */
  boundaries: number[];
  prefillIds: number[];
}

/** `prefill` is text, or what has been read as these ids before. */
export async function encodeTurns(
  engine: EngineClient,
  mode: Message['mode'],
  turns: readonly Turn[],
  prefill: string | readonly number[],
): Promise<EncodedTurns> {
  switch (mode) {
    case 'chat': {
      const { ids, boundaries } = await engine.encodeChat({ turns: [...turns], addGenerationPrompt: true });
      return { ids, boundaries, prefillIds: await aloneAs(engine, prefill) };
    }
    case 'text': {
      const piece = typeof prefill === 'string' ? { text: prefill } : { text: '', ids: [...prefill] };
      const pieces = turns.map(({ text, ids }) => ({ text, ...(ids === undefined ? {} : { ids }) }));
      const hasPrefill = prefill.length > 0;
      const { ids, boundaries } = await engine.encodeText({ pieces: hasPrefill ? [...pieces, piece] : pieces });
      if (!hasPrefill) return { ids, boundaries, prefillIds: [] };
      const border = boundaries.at(-2) ?? 0;
      return { ids: ids.slice(0, border), boundaries: boundaries.slice(0, -1), prefillIds: ids.slice(border) };
    }
  }
}

/** After a template the answer is a text of its own: its beginning is read as the model's own words would be. */
async function aloneAs(engine: EngineClient, prefill: string | readonly number[]): Promise<number[]> {
  if (typeof prefill !== 'string') return [...prefill];
  if (prefill === '') return [];
  return (await engine.encodeText({ pieces: [{ text: prefill }], addBos: false })).ids;
}
