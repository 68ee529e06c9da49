/** What the plan of the next message has to say before it is sent: nothing, what will not be read, little room, or why not. */
import type { ContextPlan } from '../../../main/contract/context.ts';
import { contextTexts } from '../../i18n/context.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';

export interface PlanNotice {
  text: string;
  isRefusal: boolean;
}

export function planNotice(plan: ContextPlan, { t }: Pick<I18n, 't'>): PlanNotice | null {
  if (plan.refusal !== null) {
    const isMessage = plan.refusal === 'message-too-long';
    return { text: t(isMessage ? contextTexts.messageTooLong : contextTexts.conversationTooLong), isRefusal: true };
  }
  const parts = [
    plan.droppedTurns > 0 ? t(contextTexts.willDrop, { turns: plan.droppedTurns, tokens: plan.droppedTokens }) : '',
    plan.room < plan.reserve ? t(contextTexts.littleRoom, { room: plan.room }) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : { text: parts.join(' '), isRefusal: false };
}
