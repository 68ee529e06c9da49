/**
 * The only bridge between the sandboxed page and the main side: hands over a message port, and tells the path of a file
 * that the user chose or dropped. It requires nothing but `electron`; the channel names are those of renderer-port.ts.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

contextBridge.exposeInMainWorld('luciehost', {
  kind: 'electron',
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
});

window.addEventListener('message', (event) => {
  const message: unknown = event.data;
  const isRequest =
    typeof message === 'object' && message !== null && 'type' in message && message.type === 'lucie:connect';
  if (event.source === window && isRequest) ipcRenderer.send('lucie:connect');
});

ipcRenderer.on('lucie:port', (event) => {
  window.postMessage({ type: 'lucie:port' }, window.location.origin, event.ports);
});
