/** Puts a text into the clipboard and says that it is there, or that it could not be put there. */
import { uiTexts } from '../../i18n/ui.ts';
import type { Workbench } from '../../shell/workbench.svelte.ts';

export async function copyText(text: string, { i18n, notices }: Pick<Workbench, 'i18n' | 'notices'>): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notices.show({ text: i18n.t(uiTexts.copyRefused) });
    return;
  }
  notices.show({ text: i18n.t(uiTexts.copied) });
}
