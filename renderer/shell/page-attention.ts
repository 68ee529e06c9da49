/** Whether someone looks at this page, and notifications of the system. */
import type { Client } from '../rpc.ts';
import type { Attention } from './answer-news.svelte.ts';

export function pageAttention(client: Client, words: (failed: boolean) => string, untitled: () => string): Attention {
  const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();
  return {
    isLookedAt,
    onLook: (listener) => {
      const look = () => isLookedAt() && listener();
      addEventListener('focus', look);
      document.addEventListener('visibilitychange', look);
    },
    notify: ({ messageId, title, status }, onclick) => {
      if (!mayNotify()) return false;
      const isBroken = status === 'failed' || status === 'interrupted';
      // Several windows that saw the same end make one notification: the tag replaces.
      const notification = new Notification(words(isBroken), { body: title || untitled(), tag: messageId });
      notification.onclick = () => {
        // A browser may refuse the first; the second is for windows of our own.
        window.focus();
        void client.app.showWindow().catch(() => undefined);
        onclick();
        notification.close();
      };
      return true;
    },
  };
}

export function mayNotify(): boolean {
  return typeof Notification !== 'undefined' && Notification.permission === 'granted';
}

/** Asks the user, where that was never answered; has to be called from a click. */
export async function askToNotify(): Promise<boolean> {
  if (typeof Notification === 'undefined') return false;
  return (await Notification.requestPermission()) === 'granted';
}
