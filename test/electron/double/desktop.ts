/** What reaches the desktop (dialogs, the user's browser, menus): recorded, never done. */
import type { Dialog, MenuItemConstructorOptions, NativeTheme, Shell } from 'electron';

export class DialogDouble implements Pick<Dialog, 'showErrorBox'> {
  readonly errors: string[] = [];

  showErrorBox(title: string, content: string): void {
    this.errors.push(`${title}: ${content}`);
  }
}

export class ShellDouble implements Pick<Shell, 'openExternal'> {
  readonly opened: string[] = [];

  openExternal(url: string): Promise<void> {
    this.opened.push(url);
    return Promise.resolve();
  }
}

export class MenuDouble {
  applicationMenu: MenuItemConstructorOptions[] | null = null;

  buildFromTemplate(template: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
    return template;
  }

  setApplicationMenu(menu: MenuItemConstructorOptions[]): void {
    this.applicationMenu = menu;
  }
}

export const nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'> = { shouldUseDarkColors: false };
