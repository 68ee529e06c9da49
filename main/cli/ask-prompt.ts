/** What `lucie ask` feeds a model: a question through the chat template, or a text as it is, and the text that the answer begins with. */
import type { Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineClient } from '../models/index.ts';

export interface AskedText {
  text: string;
  system: string | undefined;
  prefill: string;
  isPlainText: boolean;
}

export interface AskedPrompt {
  promptIds: number[];
  givenTokens: number;
  continuesText: boolean;
}

/** @throws WorkbenchError `PROMPT_EMPTY`, `INVALID_INPUT` */
export function checkAsked({ text, system, isPlainText }: AskedText): void {
  if (text.trim() === '') {
    throw new WorkbenchError('PROMPT_EMPTY', 'The question is empty.', { action: 'Write something first.' });
  }
  if (isPlainText && system !== undefined) {
    throw new WorkbenchError('INVALID_INPUT', 'A plain text has no system prompt.', {
      action: 'Leave out --system, or --text-mode.',
    });
  }
}

export async function askedPrompt(engine: EngineClient, asked: AskedText): Promise<AskedPrompt> {
  const { text, system, prefill, isPlainText } = asked;
  const pieces = prefill === '' ? [] : [{ text: prefill }];
  if (isPlainText) {
    const { ids, boundaries } = await engine.encodeText({ pieces: [{ text }, ...pieces] });
    return { promptIds: ids, givenTokens: ids.length - (boundaries[0] ?? 0), continuesText: true };
  }
  const turns: Turn[] = [
    ...(system === undefined ? [] : [{ role: 'system' as const, text: system }]),
    { role: 'user', text },
  ];
  const { ids } = await engine.encodeChat({ turns, addGenerationPrompt: true });
  const { ids: given } = await engine.encodeText({ pieces, addBos: false });
  return { promptIds: [...ids, ...given], givenTokens: given.length, continuesText: false };
}
