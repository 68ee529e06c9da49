/** Marks on parts of a text, and the changes that move them; offsets are UTF-16 units of the text. */

export interface TextMark {
  readonly start: number;
  readonly end: number;
  /** CSS classes of the characters. */
  readonly className: string;
  /** CSS class of what stands after a line end that the mark covers. */
  readonly lineEndClassName?: string;
}

/** `removedLength` units at `offset` gave way to `addedLength` others. Several of one edit never overlap. */
export interface TextChange {
  readonly offset: number;
  readonly removedLength: number;
  readonly addedLength: number;
}

/** Where the caret is, and what is selected: `start` is `end` where nothing is. */
export interface Caret {
  readonly offset: number;
  readonly start: number;
  readonly end: number;
}
