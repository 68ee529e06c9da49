/** Runs the built preload in an isolated world of every document of a page, joined with main over the DevTools protocol. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { toElectronAddress } from './page-address.ts';
import { FrameDouble } from './frame.ts';
import { bindingName, fileFolder, receiveExposed, runPreload, worldName, type FromPage } from './preload-world.ts';

export type IpcListener = (channel: string, frame: FrameDouble, args: unknown[]) => void;

export async function joinPreload(page: Page, preloadPath: string, onIpc: IpcListener): Promise<void> {
  const preload = await readFile(preloadPath, 'utf8');
  const devTools = await page.context().newCDPSession(page);
  const frames = new Map<number, FrameDouble>();

  devTools.on('Runtime.executionContextCreated', ({ context: { id, name } }) => {
    if (name !== worldName) return;
    const frame = new FrameDouble(
      () => toElectronAddress(page.mainFrame().url()),
      (message) => {
        const call = {
          executionContextId: id,
          functionDeclaration: '(message) => electronDoubleReceive(message)',
          arguments: [{ value: message }],
        };
        // A document that is just being replaced takes no more messages.
        devTools.send('Runtime.callFunctionOn', call).catch(() => frame.discard());
      },
    );
    frames.set(id, frame);
  });
  const discard = (id: number) => {
    frames.get(id)?.discard();
    frames.delete(id);
  };
  devTools.on('Runtime.executionContextDestroyed', ({ executionContextId }) => discard(executionContextId));
  devTools.on('Runtime.executionContextsCleared', () => [...frames.keys()].forEach(discard));
  page.once('close', () => [...frames.keys()].forEach(discard));
  devTools.on('Runtime.bindingCalled', ({ executionContextId, payload }) => {
    const frame = frames.get(executionContextId);
    if (frame === undefined) return;
    const message = JSON.parse(payload) as FromPage;
    if (message.type === 'ipc') onIpc(message.channel, frame, message.args);
    else frame.receive(message);
  });

  await devTools.send('Page.enable');
  await devTools.send('Runtime.enable');
  await devTools.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName });
  await devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${receiveExposed.toString()})()` });
  const args = [preload, bindingName, fileFolder].map((value) => JSON.stringify(value)).join(', ');
  await devTools.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName,
    source: `(${runPreload.toString()})(${args})`,
  });
}
