/**
 * Moving among many tokens with one tab stop: arrow keys left and right by one, up and down by line, Home and End; the
 * token under the focus, else under the pointer, has its card shown. Works on elements that carry `data-index`.
 */
import { tick } from 'svelte';

export interface TokenCursorOptions {
  count: () => number;
  /** Makes sure that the element of a token exists; needed where only a part of the tokens is in the document. */
  reveal?: (index: number) => void;
}

export class TokenCursor {
  readonly #options: TokenCursorOptions;
  #root: HTMLElement | null = null;
  #current = $state(0);
  #focused = $state<number | null>(null);
  #hovered = $state<number | null>(null);
  #anchor = $state.raw<HTMLElement | null>(null);

  constructor(options: TokenCursorOptions) {
    this.#options = options;
  }

  /** The token in the tab order. */
  get current(): number {
    return Math.min(this.#current, Math.max(0, this.#options.count() - 1));
  }

  /** The token whose card is shown, and the element that the card points at. */
  get shown(): number | null {
    const shown = this.#hovered ?? this.#focused;
    return shown !== null && shown < this.#options.count() ? shown : null;
  }

  get anchor(): HTMLElement | null {
    return this.#anchor;
  }

  /** For `{@attach cursor.attach}` on the element that holds the tokens. */
  readonly attach = (root: HTMLElement): (() => void) => {
    this.#root = root;
    const listening = new AbortController();
    const { signal } = listening;
    root.addEventListener('focusin', (event) => this.#focus(event), { signal });
    root.addEventListener('focusout', () => queueMicrotask(() => this.#blur(root)), { signal });
    root.addEventListener('pointerover', (event) => this.#hover(event), { signal });
    root.addEventListener('pointerleave', () => this.#leave(), { signal });
    root.addEventListener('keydown', (event) => this.#press(event), { signal });
    return () => {
      listening.abort();
      this.#root = null;
      this.#anchor = null;
    };
  };

  #focus(event: FocusEvent): void {
    const element = tokenElement(event.target);
    if (element === null) return;
    this.#current = indexOf(element);
    const visible = element.matches(':focus-visible');
    this.#focused = visible ? this.#current : null;
    if (visible) this.#anchor = element;
  }

  /** Runs after the event: an element that is taken out of the document lets go of the focus while nothing may change. */
  #blur(root: HTMLElement): void {
    if (!root.contains(document.activeElement)) this.#focused = null;
  }

  #hover(event: PointerEvent): void {
    const element = tokenElement(event.target);
    this.#hovered = element === null ? null : indexOf(element);
    if (element !== null) this.#anchor = element;
  }

  #leave(): void {
    this.#hovered = null;
    if (this.#focused !== null) this.#anchor = this.#element(this.#focused);
  }

  #press(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.shown !== null) {
      this.#focused = null;
      this.#hovered = null;
      event.stopPropagation();
      return;
    }
    const next = this.#target(event.key);
    if (next === null) return;
    event.preventDefault();
    void this.#move(next);
  }

  #target(key: string): number | null {
    const [first, last] = [0, this.#options.count() - 1];
    if (key === 'ArrowRight') return Math.min(last, this.current + 1);
    if (key === 'ArrowLeft') return Math.max(first, this.current - 1);
    if (key === 'Home') return first;
    if (key === 'End') return last;
    if (key === 'ArrowDown') return this.#onOtherLine(1);
    if (key === 'ArrowUp') return this.#onOtherLine(-1);
    return null;
  }

  /** The token of the line above (-1) or below (1) that is nearest in the horizontal. */
  #onOtherLine(direction: 1 | -1): number {
    const from = this.#element(this.current)?.getBoundingClientRect();
    if (from === undefined) return this.current;
    let line: number | null = null;
    let best = { index: this.current, distance: Infinity };
    for (let index = this.current + direction; ; index += direction) {
      const place = this.#element(index)?.getBoundingClientRect();
      if (place === undefined) return best.index;
      if (Math.abs(place.top - from.top) < 2) continue;
      line ??= place.top;
      if (Math.abs(place.top - line) >= 2) return best.index;
      const distance = Math.abs(place.left - from.left);
      if (distance < best.distance) best = { index, distance };
    }
  }

  async #move(index: number): Promise<void> {
    this.#current = index;
    this.#options.reveal?.(index);
    await tick();
    this.#element(index)?.focus();
  }

  #element(index: number): HTMLElement | null {
    return this.#root?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  }
}

function tokenElement(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
}

function indexOf(element: HTMLElement): number {
  return Number(element.dataset['index']);
}
