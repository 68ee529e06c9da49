/** Who a message is from, as it is read aloud and written over it. */
import type { Message } from '../../../main/contract/chat.ts';
import { chatTexts } from '../../i18n/chat.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';

export function speakerOf({ role, model }: Message, { t }: Pick<I18n, 't'>): string {
  if (role === 'user') return t(chatTexts.you);
  return role === 'system' ? t(chatTexts.system) : (model ?? t(chatTexts.model));
}
