/** The application menu: the platform's roles, so that editing, zoom and full screen work by the usual keys. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export function installMenu(): void {
  const french = app.getLocale().startsWith('fr');
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu', label: french ? 'Fichier' : 'File' },
    { role: 'editMenu', label: french ? 'Édition' : 'Edit' },
    {
      label: french ? 'Affichage' : 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'reload' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu', label: french ? 'Fenêtre' : 'Window' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
