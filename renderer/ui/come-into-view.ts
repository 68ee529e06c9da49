/** For `{@attach comeIntoView}`: an answer to something that was just asked for must not lie below the edge. */
import { tick } from 'svelte';

export function comeIntoView(element: HTMLElement): void {
  void tick().then(() => element.scrollIntoView({ block: 'nearest' }));
}
