/** Why a message cannot be sent now, as the name of the text that says so; `null` where it can. */
import type { EngineStatus } from '../../../main/contract/models.ts';

export type SendBlock = 'emptyPrompt' | 'modelMissing' | 'modelBusy' | 'modelStarting';

interface Situation {
  /** Neither a text nor a file. */
  isEmpty: boolean;
  isStreaming: boolean;
  /** `null` where the engine has not been heard of yet. */
  status: EngineStatus | null;
}

/** The engine's own refusals still count: what this allows may fail on the way, and is then said with its reason. */
export function sendBlock({ isEmpty, isStreaming, status }: Situation): SendBlock | null {
  if (isStreaming) return 'modelBusy';
  if (status === null || ['starting', 'loading', 'restarting'].includes(status.state)) return 'modelStarting';
  if (status.state === 'busy') return 'modelBusy';
  // One that was unloaded for want of use is loaded again by what is sent.
  if (status.model === null && status.state !== 'idle') return 'modelMissing';
  return isEmpty ? 'emptyPrompt' : null;
}
