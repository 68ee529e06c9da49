/** Measures of a text that stand beside its tokens. */
import type { TextCounts } from '../contract/comparison.ts';
import { TextCounter } from './text-counter.ts';

export function textCounts(text: string): TextCounts {
  const counter = new TextCounter();
  counter.push(text);
  return counter.counts;
}
