/** What was counted so far: of a language, of everything. A tokenizer that failed once has no total. */
import type { LanguageTotals, TextCounts } from '../../contract/comparison.ts';

export class RunningTotals {
  readonly #language: string | null;
  readonly #tokens: (number | null)[];
  readonly #counts: TextCounts = { characterCount: 0, wordCount: 0, utf8ByteCount: 0 };
  #fileCount = 0;

  constructor(language: string | null, tokenizerCount: number) {
    this.#language = language;
    this.#tokens = Array.from({ length: tokenizerCount }, () => 0);
  }

  add(counts: TextCounts, tokens: readonly (number | null)[]): void {
    this.#fileCount++;
    this.#counts.characterCount += counts.characterCount;
    this.#counts.wordCount += counts.wordCount;
    this.#counts.utf8ByteCount += counts.utf8ByteCount;
    for (const [index, sum] of this.#tokens.entries()) {
      const more = tokens[index] ?? null;
      this.#tokens[index] = sum === null || more === null ? null : sum + more;
    }
  }

  get totals(): LanguageTotals {
    const { characterCount, wordCount, utf8ByteCount } = this.#counts;
    return {
      language: this.#language,
      fileCount: this.#fileCount,
      counts: { characterCount, wordCount, utf8ByteCount },
      tokens: [...this.#tokens],
    };
  }
}
