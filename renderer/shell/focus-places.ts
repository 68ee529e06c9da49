/**
 * Places that the keyboard can be led to by name, wherever they are on the screen: `{@attach places.attach('composer')}` on the element,
 * `places.focus('composer')` from a command. A place whose pane is still being fetched takes the focus when it appears.
 */
export type FocusPlace = 'composer' | 'conversation-search' | 'dataset-find';

const WAITED_MS = 2_000;

export class FocusPlaces {
  readonly #elements = new Map<FocusPlace, HTMLElement>();
  #wanted: { place: FocusPlace; since: number } | null = null;

  attach(place: FocusPlace): (element: HTMLElement) => () => void {
    return (element) => {
      this.#elements.set(place, element);
      const wanted = this.#wanted;
      if (wanted?.place === place && performance.now() - wanted.since < WAITED_MS) this.focus(place);
      return () => {
        if (this.#elements.get(place) === element) this.#elements.delete(place);
      };
    };
  }

  /** Puts the text that is in a field of one line under the selection, to be written over. */
  focus(place: FocusPlace): void {
    const element = this.#elements.get(place);
    this.#wanted = element === undefined ? { place, since: performance.now() } : null;
    element?.focus();
    if (element instanceof HTMLInputElement) element.select();
  }
}
