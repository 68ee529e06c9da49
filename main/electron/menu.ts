/**
 * The application menu: editing, zoom, full screen and windows by the usual keys. Chromium keeps the zoom of our origin in the data folder, so
 * that it is the same at the next start. None of its keys is one of the workbench's own (renderer/shell/shortcuts.ts): those reach
 * the page, the palette and the list of keys name them.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export function installMenu(): void {
  const template = menuTemplate(process.platform, app.getLocale().startsWith('fr'));
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Every item with its key written out, so that a test can hold them against the shortcuts. */
export function menuTemplate(platform: NodeJS.Platform, french: boolean): MenuItemConstructorOptions[] {
  const name = (fr: string, en: string) => (french ? fr : en);
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: name('Fichier', 'File'),
      submenu: [
        isMac
          ? { role: 'close', label: name('Fermer la fenêtre', 'Close window'), accelerator: 'Cmd+W' }
          : { role: 'quit', label: name('Quitter', 'Quit'), accelerator: 'Ctrl+Q' },
      ],
    },
    { label: name('Édition', 'Edit'), submenu: editItems(name) },
    { label: name('Affichage', 'View'), submenu: viewItems(name, isMac) },
    { role: 'windowMenu', label: name('Fenêtre', 'Window') },
  ];
}

type Name = (fr: string, en: string) => string;

function editItems(name: Name): MenuItemConstructorOptions[] {
  return [
    { role: 'undo', label: name('Annuler', 'Undo'), accelerator: 'CmdOrCtrl+Z' },
    { role: 'redo', label: name('Rétablir', 'Redo'), accelerator: 'CmdOrCtrl+Shift+Z' },
    { type: 'separator' },
    { role: 'cut', label: name('Couper', 'Cut'), accelerator: 'CmdOrCtrl+X' },
    { role: 'copy', label: name('Copier', 'Copy'), accelerator: 'CmdOrCtrl+C' },
    { role: 'paste', label: name('Coller', 'Paste'), accelerator: 'CmdOrCtrl+V' },
    { role: 'selectAll', label: name('Tout sélectionner', 'Select all'), accelerator: 'CmdOrCtrl+A' },
  ];
}

function viewItems(name: Name, isMac: boolean): MenuItemConstructorOptions[] {
  const hidden = { visible: false, acceleratorWorksWhenHidden: true };
  return [
    { role: 'resetZoom', label: name('Taille normale', 'Actual size'), accelerator: 'CmdOrCtrl+0' },
    { role: 'zoomIn', label: name('Agrandir', 'Zoom in'), accelerator: 'CmdOrCtrl+Plus' },
    { role: 'zoomOut', label: name('Réduire', 'Zoom out'), accelerator: 'CmdOrCtrl+-' },
    // Where the plus sign needs Shift, the key is pressed without it; and the keys of the number pad.
    { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', ...hidden },
    { role: 'zoomIn', accelerator: 'CmdOrCtrl+numadd', ...hidden },
    { role: 'zoomOut', accelerator: 'CmdOrCtrl+numsub', ...hidden },
    { role: 'resetZoom', accelerator: 'CmdOrCtrl+num0', ...hidden },
    { type: 'separator' },
    {
      role: 'togglefullscreen',
      label: name('Plein écran', 'Full screen'),
      accelerator: isMac ? 'Ctrl+Cmd+F' : 'F11',
    },
    { role: 'reload', label: name('Recharger', 'Reload'), accelerator: 'CmdOrCtrl+R' },
    {
      role: 'toggleDevTools',
      label: name('Outils de développement', 'Developer tools'),
      accelerator: isMac ? 'Alt+Cmd+I' : 'Ctrl+Shift+I',
    },
  ];
}
