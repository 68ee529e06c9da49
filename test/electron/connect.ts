/** Connects to the built main as a frame would: asks for a port with a frame of the test's choosing. */
import { connectPort } from '../../main/process/index.ts';
import { WorkbenchError, type WorkbenchContract } from '../../main/contract/index.ts';
import type { BuiltApp } from './built-app.ts';
import { waitFor } from './built-app.ts';
import type { MessagePortDouble } from './double/message-channel.ts';
import type { WebContentsDouble } from './double/web-contents.ts';

export interface AskingFrame {
  url: string;
  parent: { url: string } | null;
}

const ourPage: AskingFrame = { url: 'app://workbench/index.html', parent: null };

/** The port that main gives the frame of a page; `null` where it gives none. */
export function requestPort(
  { electron }: BuiltApp,
  frame: AskingFrame = ourPage,
  sender?: WebContentsDouble,
): MessagePortDouble | null {
  let given: MessagePortDouble | null = null;
  const postMessage = (_channel: string, _message: unknown, ports: MessagePortDouble[]) => (given = ports[0] ?? null);
  electron.ipcMain.emit('lucie:connect', { sender, senderFrame: { ...frame, postMessage } });
  return given;
}

export async function connect(app: BuiltApp, sender?: WebContentsDouble) {
  await waitFor('listener for connections', () => app.electron.ipcMain.listenerCount('lucie:connect') || undefined);
  const port = requestPort(app, ourPage, sender);
  if (port === null) throw new Error('Our own page got no port.');
  const lost = () => new WorkbenchError('CONNECTION_LOST', 'The port is closed.', { action: 'Connect again.' });
  const client = connectPort<WorkbenchContract>(port, lost);
  port.start();
  return client;
}
