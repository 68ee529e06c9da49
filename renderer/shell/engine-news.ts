/**
 * Which changes of the engine a screen reader is told by the status bar. An answer begins and ends in the conversation, which says so
 * itself: to say "busy" and "ready" around it would say everything twice.
 */
import type { EngineState } from '../../main/contract/models.ts';

export function isWorthSaying(before: EngineState | null, now: EngineState): boolean {
  if (before === null || before === now || now === 'busy') return false;
  return !(before === 'busy' && now === 'ready');
}
