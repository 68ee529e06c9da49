/**
 * Keeps texts out of an answer, whichever tokens would spell them: before each step, the tokens that would complete one are
 * forbidden. Such a token either contains a banned string, which is known beforehand, or begins with the rest of one whose
 * beginning the answer ends with; these lie side by side in a vocabulary in the order of its bytes.
 *
 * Texts are compared byte by byte (UTF-8): another normalisation, or other letter case, is another text.
 */
import type { TokenBytes } from '../../tokenizer/index.ts';
import { bytesOf } from '../../tokenizer/index.ts';
import { ByteOrder } from './byte-order.ts';
import { forbid, type TokenConstraint } from './token-constraint.ts';

interface Orders {
  plain: ByteOrder;
  /** Of the tokens with a space in front, without it. */
  swallowed: ByteOrder;
}

/** Sorting takes a tenth of a second for 65,024 tokens: once for each tokenizer. */
const ordersOf = new WeakMap<TokenBytes, Orders>();

export class BannedStrings implements TokenConstraint {
  readonly #tokens: TokenBytes;
  readonly #orders: Orders;
  readonly #strings: readonly string[];
  readonly #containing: { plain: Uint32Array; swallowed: Uint32Array };
  readonly #tailLength: number;
  #place: TokenBytes['start'];
  /** The last bytes of the answer. */
  #tail = '';

  /** `place` is that of the first token. */
  constructor(tokens: TokenBytes, strings: readonly string[], place = tokens.start) {
    this.#tokens = tokens;
    this.#orders = sorted(tokens);
    this.#strings = strings.map(bytesOf);
    this.#containing = {
      plain: this.#orders.plain.containing(this.#strings),
      swallowed: this.#orders.swallowed.containing(this.#strings),
    };
    this.#tailLength = Math.max(0, ...this.#strings.map(({ length }) => length - 1));
    this.#place = place;
  }

  restrict(allowed: Uint32Array): void {
    if (this.#place.isStart) {
      this.#restrictStart(allowed);
      return;
    }
    const { swallows } = this.#place;
    this.#forbidAll(allowed, this.#containing.plain, swallows);
    if (swallows) this.#forbidAll(allowed, this.#containing.swallowed, false);
    for (const rest of this.#openRests()) {
      // Where a space is swallowed, no token begins with its own.
      if (!swallows || !rest.startsWith(' ')) this.#forbidAll(allowed, this.#orders.plain.startingWith(rest), false);
      if (swallows) this.#forbidAll(allowed, this.#orders.swallowed.startingWith(rest), false);
    }
  }

  /** What was given may contain anything; what goes on from it may not complete a banned string. */
  give(id: number): boolean {
    this.accept(id);
    return true;
  }

  accept(id: number): void {
    const text = this.#tokens.at(this.#place, id);
    this.#place = this.#tokens.after(this.#place, id);
    if (this.#tailLength > 0) this.#tail = `${this.#tail}${text}`.slice(-this.#tailLength);
  }

  dispose(): void {
    this.#tail = '';
  }

  /** Nothing is written yet, so only tokens that contain a banned string count; each is looked at as it would start the text. */
  #restrictStart(allowed: Uint32Array): void {
    for (const id of this.#containing.plain) {
      const text = this.#tokens.at(this.#place, id);
      if (this.#strings.some((string) => text.includes(string))) forbid(allowed, id);
    }
  }

  /** What would complete each banned string whose beginning is at the end of the answer. */
  #openRests(): string[] {
    const rests = new Set<string>();
    for (const string of this.#strings) {
      for (let length = Math.min(string.length - 1, this.#tail.length); length > 0; length--) {
        if (this.#tail.endsWith(string.slice(0, length))) rests.add(string.slice(length));
      }
    }
    return [...rests];
  }

  /** With `exceptSpaced`, tokens with a space in front are left alone: without it they are another text. */
  #forbidAll(allowed: Uint32Array, ids: Uint32Array, exceptSpaced: boolean): void {
    for (const id of ids) {
      if (exceptSpaced && (this.#tokens.plain[id] ?? '').startsWith(' ')) continue;
      forbid(allowed, id);
    }
  }
}

function sorted(tokens: TokenBytes): Orders {
  const known = ordersOf.get(tokens);
  if (known !== undefined) return known;
  const entries = tokens.plain.map((text, id) => ({ id, text }));
  const spaced = entries
    .filter(({ text }) => text.startsWith(' '))
    .map(({ id, text }) => ({ id, text: text.slice(1) }));
  const orders = { plain: new ByteOrder(entries), swallowed: new ByteOrder(spaced) };
  ordersOf.set(tokens, orders);
  return orders;
}
