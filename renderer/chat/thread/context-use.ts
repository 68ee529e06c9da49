/** How much of the model's context a conversation takes, as the last answer measured it. */
import type { GenerationStatistics } from '../../../main/contract/engine.ts';
import type { Message } from '../../../main/contract/chat.ts';

export function lastAnswer(messages: readonly Message[]): Message | undefined {
  return messages.findLast(({ role }) => role === 'assistant');
}

/** Tokens of the last prompt plus what was generated after it; 0 before the first answer. */
export function contextUse(messages: readonly Message[]): number {
  const statistics = messages.findLast((message) => message.statistics !== null)?.statistics;
  return statistics === undefined || statistics === null ? 0 : statistics.promptTokens + statistics.generatedTokens;
}

/** `null` where too little was generated to measure. */
export function tokensPerSecond({ generatedTokens, decodeMs }: GenerationStatistics): number | null {
  return generatedTokens > 1 && decodeMs > 0 ? generatedTokens / (decodeMs / 1000) : null;
}
