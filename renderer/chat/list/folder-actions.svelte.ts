/** What can be done with a folder of the list, and which of them is being named. */
import Download from '@lucide/svelte/icons/download';
import Pencil from '@lucide/svelte/icons/pencil';
import Trash from '@lucide/svelte/icons/trash';
import type { Folder } from '../../../main/contract/chat-history.ts';
import { historyTexts } from '../../i18n/history.ts';
import { uiTexts } from '../../i18n/ui.ts';
import type { Workbench } from '../../shell/workbench.svelte.ts';
import { exportItems } from './export-items.ts';
import type { MenuItem, OpenMenu } from './menu-items.ts';

export interface FolderEvents {
  menu: (menu: OpenMenu) => void;
  /** The row of a folder takes the focus back. */
  focus: (folderId: string) => void;
}

export class FolderActions {
  readonly #workbench: Workbench;
  readonly #events: FolderEvents;
  #renaming = $state<string | null>(null);
  #making = $state.raw<{ conversationId: string | null } | null>(null);

  constructor(workbench: Workbench, events: FolderEvents) {
    this.#workbench = workbench;
    this.#events = events;
  }

  /** The folder that is being renamed. */
  get renaming(): string | null {
    return this.#renaming;
  }

  /** A new folder is being named; the conversation goes into it. */
  get making(): { conversationId: string | null } | null {
    return this.#making;
  }

  make(conversationId: string | null): void {
    this.#making = { conversationId };
  }

  made(name: string | null): void {
    const making = this.#making;
    this.#making = null;
    if (making !== null && name !== null) {
      void this.#workbench.conversations.createFolder(name, making.conversationId);
    }
  }

  rename(folderId: string): void {
    this.#renaming = folderId;
  }

  renamed(folderId: string, name: string | null): void {
    this.#renaming = null;
    this.#events.focus(folderId);
    if (name !== null) void this.#workbench.conversations.renameFolder(folderId, name);
  }

  /** What was in it stays; the deletion can be taken back until its notice is gone. */
  remove({ id, name }: Folder): void {
    const { conversations, notices, i18n } = this.#workbench;
    conversations.hide(id);
    notices.show({
      text: i18n.t(historyTexts.folderRemoved, { name }),
      command: { label: i18n.t(uiTexts.undo), run: () => conversations.unhide(id) },
      onExpire: () => void conversations.removeFolder(id),
    });
  }

  openMenu(folder: Folder, anchor: HTMLElement): void {
    const { t } = this.#workbench.i18n;
    const scope = { type: 'folder' as const, folderId: folder.id };
    const items: MenuItem[] = [
      { type: 'command', label: t(historyTexts.renameFolder), icon: Pencil, run: () => this.rename(folder.id) },
      { type: 'page', label: t(historyTexts.export), icon: Download, items: () => exportItems(this.#workbench, scope) },
      { type: 'line' },
      {
        type: 'command',
        label: t(historyTexts.removeFolder),
        icon: Trash,
        isDanger: true,
        run: () => this.remove(folder),
      },
    ];
    this.#events.menu({ label: t(historyTexts.actions, { title: folder.name }), anchor, items });
  }
}
