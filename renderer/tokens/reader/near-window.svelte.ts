/**
 * Which parts of a long list are near the window. Parts out of sight are empty boxes that keep the height they had, so
 * that a text of 300,000 tokens costs the document a few hundred elements.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

const MARGIN = '800px 0px';

export class NearWindow {
  readonly #near = new SvelteSet<number>();
  readonly #heights = new SvelteMap<number, number>();
  #observer: IntersectionObserver | null = null;
  #waiting: HTMLElement[] = [];

  isNear(part: number): boolean {
    return this.#near.has(part);
  }

  /** The height of a part when it was last shown; `undefined` where it never was. */
  heightOf(part: number): number | undefined {
    return this.#heights.get(part);
  }

  /** Shows a part that the focus is about to enter. */
  show(part: number): void {
    this.#near.add(part);
  }

  /** For `{@attach near.scroller}` on the element that scrolls. */
  readonly scroller = (root: HTMLElement): (() => void) => {
    this.#observer = new IntersectionObserver((entries) => this.#report(entries), { root, rootMargin: MARGIN });
    for (const element of this.#waiting) this.#observer.observe(element);
    this.#waiting = [];
    return () => {
      this.#observer?.disconnect();
      this.#observer = null;
    };
  };

  /** For `{@attach near.part}` on a part, which carries its number in `data-part`. */
  readonly part = (element: HTMLElement): (() => void) => {
    if (this.#observer === null) this.#waiting.push(element);
    else this.#observer.observe(element);
    return () => {
      this.#observer?.unobserve(element);
      this.#near.delete(Number(element.dataset['part']));
    };
  };

  #report(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const part = Number((target as HTMLElement).dataset['part']);
      if (isIntersecting) this.#near.add(part);
      else if (this.#near.has(part)) {
        // A part that holds the focus stays: taking it away would take the focus from the reader.
        if (target.contains(document.activeElement)) continue;
        this.#heights.set(part, boundingClientRect.height);
        this.#near.delete(part);
      }
    }
  }
}
