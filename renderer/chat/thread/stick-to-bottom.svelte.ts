/**
 * Keeps a growing conversation at its end for as long as the reader is there. Only the reader lets go, by scrolling up with
 * wheel, keys, touch or scroll bar; content that shrinks and grows again does not. Reaching the end holds on again.
 */
const AT_END_PX = 4;
/** A scroll that follows a gesture within this time is the reader's. */
const GESTURE_MS = 400;
const upKeys = new Set(['ArrowUp', 'ArrowLeft', 'PageUp', 'Home', ' ']);

export class StickToBottom {
  #held = $state(true);
  #scroller: HTMLElement | null = null;
  #lastTop = 0;
  #gestureUntil = 0;

  /** Whether the end is followed. */
  get held(): boolean {
    return this.#held;
  }

  /** For `{@attach stick.attach}` on the element that scrolls; its first child is what grows. */
  readonly attach = (scroller: HTMLElement): (() => void) => {
    this.#scroller = scroller;
    const grown = new ResizeObserver(() => (this.#held ? this.#toEnd() : this.#scrolled(scroller)));
    grown.observe(scroller);
    if (scroller.firstElementChild !== null) grown.observe(scroller.firstElementChild);
    const listening = new AbortController();
    const options = { passive: true, signal: listening.signal };
    scroller.addEventListener('scroll', () => this.#scrolled(scroller), options);
    scroller.addEventListener('wheel', (event) => event.deltaY < 0 && this.#gesture(), options);
    scroller.addEventListener('keydown', (event) => upKeys.has(event.key) && this.#gesture(), options);
    scroller.addEventListener('touchmove', () => this.#gesture(), options);
    scroller.addEventListener('pointermove', (event) => event.buttons > 0 && this.#gesture(), options);
    return () => {
      grown.disconnect();
      listening.abort();
      this.#scroller = null;
    };
  };

  toEnd(): void {
    this.#held = true;
    this.#toEnd();
  }

  /** What comes next is not to be followed: the reader looks at something else. */
  letGo(): void {
    this.#held = false;
  }

  /** What was shown instead is there: where all of it can be seen, this is the end again. */
  settle(): void {
    if (this.#scroller !== null) this.#scrolled(this.#scroller);
  }

  #toEnd(): void {
    if (this.#scroller !== null) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #gesture(): void {
    this.#gestureUntil = performance.now() + GESTURE_MS;
  }

  #scrolled(scroller: HTMLElement): void {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    if (scrollHeight - clientHeight - scrollTop <= AT_END_PX) this.#held = true;
    else if (scrollTop < this.#lastTop && performance.now() < this.#gestureUntil) this.#held = false;
    this.#lastTop = scrollTop;
  }
}
