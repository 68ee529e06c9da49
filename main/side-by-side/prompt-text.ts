/** A prompt as one text: what a plain completion continues, and what a list shows of a run. */
import type { SideBySidePrompt } from '../contract/side-by-side.ts';

export function promptText(prompt: SideBySidePrompt): string {
  return prompt.kind === 'text' ? prompt.text : prompt.turns.map(({ text }) => text).join('\n\n');
}
