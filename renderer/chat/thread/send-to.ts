/** Where a text of a conversation can be sent, once: the menu of a message and the menu of a selection both offer these. */
import Columns2 from '@lucide/svelte/icons/columns-2';
import Database from '@lucide/svelte/icons/database';
import MessageSquarePlus from '@lucide/svelte/icons/message-square-plus';
import Type from '@lucide/svelte/icons/type';
import { sendToTexts } from '../../i18n/messages.ts';
import type { Workbench } from '../../shell/workbench.svelte.ts';
import type { MenuAction } from '../../ui/menu-action.ts';

export interface SentText {
  text: string;
  /** What it is, for the message that says where it went. */
  name: string;
}

export function destinations(workbench: Workbench, sent: () => SentText): MenuAction[] {
  const { t } = workbench.i18n;
  return [
    {
      id: 'send-to-tokens',
      label: t(sendToTexts.tokens),
      icon: Type,
      run: () => workbench.sendToTokens(sent().text),
    },
    {
      id: 'send-to-dataset',
      label: t(sendToTexts.dataset),
      icon: Database,
      run: () => workbench.findInDataset(sent().text),
    },
    {
      id: 'send-to-conversation',
      label: t(sendToTexts.conversation),
      icon: MessageSquarePlus,
      run: () => workbench.sendToChat(sent()),
    },
    ...sideBySide(workbench, sent),
  ];
}

function sideBySide(workbench: Workbench, sent: () => SentText): MenuAction[] {
  const run = () => workbench.showSideBySide(sent().text);
  return [{ id: 'send-side-by-side', label: workbench.i18n.t(sendToTexts.sideBySide), icon: Columns2, run }];
}
