/** What the palette and the keys offer of the open conversation. */
import { shortcutTexts } from '../../i18n/keyboard.ts';
import { messageTexts } from '../../i18n/messages.ts';
import type { Command } from '../../shell/palette/commands.svelte.ts';
import type { Workbench } from '../../shell/workbench.svelte.ts';
import { lastAnswer } from './context-use.ts';
import { plainText } from './plain-text.ts';

export function threadCommands(workbench: Workbench, { toggleMap }: { toggleMap: () => void }): Command[] {
  const { i18n, thread, messageActions: actions, announcer } = workbench;
  const { conversation } = thread;
  if (conversation === null || conversation.tree.length === 0) return [];
  const answer = lastAnswer(conversation.messages);
  const read: Command = {
    id: 'read-answer',
    title: i18n.t(shortcutTexts['read-answer']),
    group: 'answer',
    run: () => announcer.read(answer === undefined ? '' : plainText(answer.text)),
  };
  const map: Command = {
    id: 'tree-map',
    title: i18n.t(shortcutTexts['tree-map']),
    group: 'conversation',
    run: toggleMap,
  };
  const canChange = !conversation.isReadOnly && thread.streaming === null && answer !== undefined;
  if (!canChange) return [read, map];
  const named = (id: string, title: string, run: () => void): Command => ({ id, title, group: 'answer', run });
  return [
    read,
    map,
    named('regenerate', i18n.t(messageTexts.regenerate), () => void actions.regenerate(answer)),
    ...(answer.text === '' ? [] : [named('go-on', i18n.t(messageTexts.goOn), () => void actions.goOn(answer))]),
  ];
}
