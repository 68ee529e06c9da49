/** The next run of an answer: the token that was chosen last, and what the text proposes to follow it. */
import { DraftLength } from './draft-length.ts';
import type { KvCache } from './kv-cache.ts';
import type { LanguageModel } from './language-model.ts';
import { PromptLookup, type Draft } from './prompt-lookup.ts';

export class Drafting {
  readonly #model: LanguageModel;
  readonly #lookup: PromptLookup | null;
  readonly #length = new DraftLength();
  #draft: Draft | null = null;
  #right = 0;
  #proposed = 0;
  #accepted = 0;

  /** Drafts are made only where they change nothing: `LanguageModel.isExact`. */
  constructor(model: LanguageModel, promptIds: readonly number[], isWanted: boolean) {
    this.#model = model;
    this.#lookup = isWanted && model.isExact ? new PromptLookup(model.config.vocabularySize) : null;
    this.#lookup?.push(promptIds);
  }

  get counts(): { proposed: number; accepted: number } {
    return { proposed: this.#proposed, accepted: this.#accepted };
  }

  /**
   * Runs `id` and a draft of at most `room` tokens.
   * @returns the logits after `id` and after each token of the draft
   */
  async run(cache: KvCache, id: number, room: number): Promise<Float32Array[]> {
    this.#judge();
    const propose = (): Draft | null =>
      this.#lookup?.propose((order) => Math.min(room, this.#length.longest(order))) ?? null;
    this.#draft = room > 0 ? propose() : null;
    const ids = [id, ...(this.#draft?.ids ?? [])];
    const begunAt = performance.now();
    const rows = await this.#model.feed(cache, ids, ids.length);
    this.#length.ran(Math.max(2, ids.length), performance.now() - begunAt);
    this.#proposed += ids.length - 1;
    return rows;
  }

  /** Tells what was chosen from row `row`. True where the draft has it too, and the next row of this run counts. */
  chose(row: number, id: number): boolean {
    this.#lookup?.push([id]);
    if (this.#draft?.ids[row] !== id) return false;
    this.#right++;
    this.#accepted++;
    return true;
  }

  #judge(): void {
    if (this.#draft !== null) this.#length.judged(this.#draft.order, this.#right, this.#draft.ids.length);
    this.#draft = null;
    this.#right = 0;
  }
}
