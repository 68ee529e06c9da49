/** What can be done with a conversation of the list, and which of them is being renamed. */
import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/download';
import FolderInput from '@lucide/svelte/icons/folder-input';
import FolderPlus from '@lucide/svelte/icons/folder-plus';
import Pencil from '@lucide/svelte/icons/pencil';
import Pin from '@lucide/svelte/icons/pin';
import PinOff from '@lucide/svelte/icons/pin-off';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Trash from '@lucide/svelte/icons/trash';
import type { ConversationSummary } from '../../../main/contract/chat.ts';
import { chatTexts } from '../../i18n/chat.ts';
import { historyTexts } from '../../i18n/history.ts';
import { uiTexts } from '../../i18n/ui.ts';
import type { Workbench } from '../../shell/workbench.svelte.ts';
import { exportItems } from './export-items.ts';
import type { MenuItem, OpenMenu } from './menu-items.ts';

export interface ItemEvents {
  menu: (menu: OpenMenu) => void;
  /** A folder is to be made, and the conversation put into it. */
  newFolder: (conversationId: string) => void;
  /** The row of a conversation takes the focus back; `isGone`: its neighbour does. */
  focus: (conversationId: string, isGone: boolean) => void;
}

export class ItemActions {
  readonly #workbench: Workbench;
  readonly #events: ItemEvents;
  #renaming = $state.raw<{ id: string; isProposing: boolean } | null>(null);

  constructor(workbench: Workbench, events: ItemEvents) {
    this.#workbench = workbench;
    this.#events = events;
  }

  get renaming(): { id: string; isProposing: boolean } | null {
    return this.#renaming;
  }

  rename(id: string, isProposing = false): void {
    this.#renaming = { id, isProposing };
  }

  /** `title` is `null` where the old one stays. */
  renamed({ id, title: old }: ConversationSummary, title: string | null, isProposed: boolean): void {
    if (this.#renaming?.id !== id) return;
    this.#renaming = null;
    this.#events.focus(id, false);
    if (title === null) return;
    const { conversations, notices, i18n } = this.#workbench;
    void conversations.rename(id, title).then((isDone) => {
      if (!isDone || !isProposed || old === '') return;
      notices.show({
        text: i18n.t(historyTexts.renamed, { title }),
        command: { label: i18n.t(uiTexts.undo), run: () => void conversations.rename(id, old) },
      });
    });
  }

  /** The deletion can be taken back until its notice is gone. */
  remove(conversation: ConversationSummary): void {
    const { id } = conversation;
    const { conversations, notices, thread, i18n } = this.#workbench;
    const wasOpen = thread.id === id;
    this.#events.focus(id, true);
    conversations.hide(id);
    if (wasOpen) this.#workbench.openConversation(null);
    notices.show({
      text: i18n.t(chatTexts.removed, { title: this.#titleOf(conversation) }),
      command: {
        label: i18n.t(uiTexts.undo),
        run: () => {
          conversations.unhide(id);
          if (wasOpen && thread.id === null) this.#workbench.openConversation(id);
        },
      },
      onExpire: () => void conversations.remove(id),
    });
  }

  openMenu(conversation: ConversationSummary, anchor: HTMLElement): void {
    const label = this.#workbench.i18n.t(historyTexts.actions, { title: this.#titleOf(conversation) });
    this.#events.menu({ label, anchor, items: this.#items(conversation) });
  }

  #items(conversation: ConversationSummary): MenuItem[] {
    const { i18n, conversations } = this.#workbench;
    const { t } = i18n;
    const { id } = conversation;
    const isPinned = conversation.pinnedAt !== null;
    const scope = { type: 'conversation' as const, conversationId: id };
    return [
      { type: 'command', label: t(chatTexts.rename), icon: Pencil, run: () => this.rename(id) },
      { type: 'command', label: t(historyTexts.proposeTitle), icon: Sparkles, run: () => this.rename(id, true) },
      {
        type: 'command',
        label: t(isPinned ? historyTexts.unpin : historyTexts.pin),
        icon: isPinned ? PinOff : Pin,
        run: () => void conversations.pin(id, !isPinned).then(() => this.#events.focus(id, false)),
      },
      { type: 'page', label: t(historyTexts.move), icon: FolderInput, items: () => this.#folders(conversation) },
      { type: 'command', label: t(historyTexts.copy), icon: Copy, run: () => void this.#copy(conversation) },
      { type: 'page', label: t(historyTexts.export), icon: Download, items: () => exportItems(this.#workbench, scope) },
      { type: 'line' },
      {
        type: 'command',
        label: t(chatTexts.remove),
        icon: Trash,
        isDanger: true,
        run: () => this.remove(conversation),
      },
    ];
  }

  #folders({ id, folderId }: ConversationSummary): MenuItem[] {
    const { i18n, conversations } = this.#workbench;
    const choice = (target: string | null, label: string): MenuItem => ({
      type: 'choice',
      label,
      isChosen: folderId === target,
      run: () => void conversations.move(id, target).then(() => this.#events.focus(id, false)),
    });
    return [
      choice(null, i18n.t(historyTexts.noFolder)),
      ...conversations.folders.map((folder) => choice(folder.id, folder.name)),
      { type: 'line' },
      {
        type: 'command',
        label: i18n.t(historyTexts.newFolder),
        icon: FolderPlus,
        run: () => this.#events.newFolder(id),
      },
    ];
  }

  async #copy(conversation: ConversationSummary): Promise<void> {
    const { conversations, notices, i18n } = this.#workbench;
    const copy = await conversations.copy(conversation.id);
    if (copy === null) return;
    this.#workbench.openConversation(copy.id);
    notices.show({ text: i18n.t(historyTexts.copied, { title: this.#titleOf(copy) }) });
  }

  #titleOf({ title }: ConversationSummary): string {
    return title === '' ? this.#workbench.i18n.t(chatTexts.untitled) : title;
  }
}
