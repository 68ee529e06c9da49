/** For `{@attach takeLostFocus}`: takes the focus where what had it has gone away, so that the keyboard stays in the pane. */
import { tick } from 'svelte';

export function takeLostFocus(element: HTMLElement): void {
  void tick().then(() => {
    if (document.activeElement === document.body) element.focus({ preventScroll: true });
  });
}
