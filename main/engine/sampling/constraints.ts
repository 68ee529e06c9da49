/** The bans and the grammar of one answer together: which tokens may come next. */
import type { Sampling } from '../../contract/sampling.ts';
import { TokenBytes, type Tokenizer } from '../../tokenizer/index.ts';
import { BannedStrings } from './banned-strings.ts';
import type { TokenConstraint } from './token-constraint.ts';
import { allowAll } from './token-constraint.ts';

export interface ConstrainedModel {
  tokenizer: Tokenizer;
  stopIds: readonly number[];
  /** Logits of a step; may be more than the tokenizer has tokens. */
  vocabularySize: number;
}

/** Spelling out 65,024 tokens takes a fifth of a second: once for each tokenizer. */
const bytesOfTokenizer = new WeakMap<Tokenizer, TokenBytes>();

export class Constraints {
  readonly #constraints: readonly TokenConstraint[];
  readonly #vocabularySize: number;
  readonly #mask: Uint32Array;

  /** Forbids nothing. */
  static readonly none = new Constraints([], 0);

  /** @throws WorkbenchError `GRAMMAR_INVALID` */
  static async of(model: ConstrainedModel, { bannedStrings, grammar }: Sampling): Promise<Constraints> {
    const constraints: TokenConstraint[] = [];
    if (bannedStrings.length > 0) constraints.push(new BannedStrings(tokenBytes(model.tokenizer), bannedStrings));
    if (grammar !== null) {
      const { compileGrammar } = await import('./grammar.ts');
      constraints.push(await compileGrammar({ ...model, tokens: tokenBytes(model.tokenizer) }, grammar));
    }
    return new Constraints(constraints, model.vocabularySize);
  }

  constructor(constraints: readonly TokenConstraint[], vocabularySize: number) {
    this.#constraints = constraints;
    this.#vocabularySize = vocabularySize;
    this.#mask = new Uint32Array(Math.ceil(vocabularySize / 32));
  }

  /** One bit a token, 1 where it may come, in a buffer that the next call overwrites; `null` where nothing is forbidden. */
  async allowed(): Promise<Uint32Array | null> {
    if (this.#constraints.length === 0) return null;
    allowAll(this.#mask, this.#vocabularySize);
    for (const constraint of this.#constraints) await constraint.restrict(this.#mask);
    return this.#mask;
  }

  /** The token that came. */
  accept(id: number): void {
    for (const constraint of this.#constraints) constraint.accept(id);
  }

  dispose(): void {
    for (const constraint of this.#constraints) constraint.dispose();
  }
}

function tokenBytes(tokenizer: Tokenizer): TokenBytes {
  const known = bytesOfTokenizer.get(tokenizer);
  if (known !== undefined) return known;
  const bytes = new TokenBytes(tokenizer);
  bytesOfTokenizer.set(tokenizer, bytes);
  return bytes;
}
