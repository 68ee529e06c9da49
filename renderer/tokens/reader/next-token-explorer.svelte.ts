/**
 * Choosing what comes next: an alternative takes the place of a token and the text is cut off after it. Several choices in a row are a
 * path, whose probability is that of all its tokens together.
 */
import type { TokenizerSource } from '../../../main/contract/tokenisation.ts';
import type { Connection } from '../../connection/connection.ts';
import type { Tokenisation } from '../tokenised-text.svelte.ts';

/** The tokenizer's decoder looks back over fewer. */
const contextTokens = 100;

export interface Choice {
  /** Of the token that it replaces; the number of tokens where it is added at the end. */
  readonly index: number;
  readonly id: number;
  readonly text: string;
}

export class NextTokenExplorer {
  readonly #connection: Connection;
  #start = $state.raw<{ index: number; before: string } | null>(null);
  #chosen: Choice | null = null;
  /** The text with the last choice, until it is cut. */
  #awaited: string | null = null;
  #isCutOtherwise = $state(false);
  #refusedIndex = $state<number | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The text with the last choice is cut otherwise than by that token: the model would not see what was chosen. */
  get isCutOtherwise(): boolean {
    return this.#isCutOtherwise;
  }

  /** Where the last choice is no text of its own: a part of a character, or a control token. */
  get refusedIndex(): number | null {
    return this.#refusedIndex;
  }

  refuse(index: number): void {
    this.#refusedIndex = index;
  }

  /** The first token of the path, `null` where the text does not begin with what was before it any more. */
  pathIn({ text, tokens }: Tokenisation): number | null {
    const start = this.#start;
    if (start === null || !text.startsWith(start.before)) return null;
    return tokens.starts[start.index] === start.before.length ? start.index : null;
  }

  /** What each of these ids would add to the text at a place; `null` for what cannot be written there. */
  async textsAt(
    { tokens }: Tokenisation,
    index: number,
    ids: number[],
    tokenizer: TokenizerSource,
    signal: AbortSignal,
  ): Promise<(string | null)[]> {
    // Inside a character that is cut into bytes, no other token can be written.
    const isInside = index > 0 && index < tokens.count && tokens.starts[index] === tokens.starts[index - 1];
    if (isInside && tokens.ends[index] === tokens.ends[index - 1]) return ids.map(() => null);
    const contextIds = [...tokens.ids.subarray(Math.max(0, index - contextTokens), index)];
    const { texts } = await this.#connection.client.tokens.textsAfter({ tokenizer, contextIds, ids }, { signal });
    return texts;
  }

  /** Returns the text that the choice makes. */
  choose(choice: Choice, tokenisation: Tokenisation): string {
    const { text, tokens } = tokenisation;
    const before = text.slice(0, tokens.starts[choice.index] ?? text.length);
    const path = this.pathIn(tokenisation);
    if (path === null || choice.index < path) this.#start = { index: choice.index, before };
    this.#chosen = choice;
    this.#awaited = before + choice.text;
    this.#isCutOtherwise = false;
    this.#refusedIndex = null;
    return this.#awaited;
  }

  /**
   * A text is cut. Returns whether it is that of the last choice, once: what may follow it is to be scored. Any other text gives the
   * choice up.
   */
  wasCut({ text, tokens }: Tokenisation): boolean {
    const isAwaited = text === this.#awaited;
    this.#awaited = null;
    const chosen = this.#chosen;
    this.#isCutOtherwise = false;
    if (!isAwaited || chosen === null) return false;
    this.#isCutOtherwise = tokens.ids[chosen.index] !== chosen.id || tokens.count !== chosen.index + 1;
    return true;
  }
}
