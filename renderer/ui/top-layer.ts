/**
 * For `{@attach overPage(anchor)}` on an element with `popover="manual"`: over everything else and beside its anchor, also where it is
 * inside something that clips what it contains.
 */
import { placeBeside } from './floating.ts';

export interface Anchor {
  getBoundingClientRect(): DOMRect;
}

export function overPage(anchor: Anchor): (card: HTMLElement) => () => void {
  return (card) => {
    const place = () => {
      const { left, top } = placeBeside(
        anchor.getBoundingClientRect(),
        { width: card.offsetWidth, height: card.offsetHeight },
        { width: innerWidth, height: innerHeight },
      );
      card.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
    };
    card.showPopover();
    const resized = new ResizeObserver(place);
    resized.observe(card);
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place);
    return () => {
      resized.disconnect();
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  };
}
