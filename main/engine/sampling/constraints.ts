/** The bans and the grammar of one answer together: which tokens may come next. */
import { WorkbenchError } from '../../contract/errors.ts';
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

/** What stands before the first token that is chosen. */
export interface AnswerBeginning {
  /** Text that the answer goes on with; empty where it is a text of its own. */
  contextIds: readonly number[];
  /** Of the answer itself. */
  givenIds: readonly number[];
}

const nothing: AnswerBeginning = { contextIds: [], givenIds: [] };

/** Spelling out 65,024 tokens takes a fifth of a second: once for each tokenizer. */
const bytesOfTokenizer = new WeakMap<Tokenizer, TokenBytes>();

export class Constraints {
  readonly #constraints: readonly TokenConstraint[];
  readonly #vocabularySize: number;
  readonly #mask: Uint32Array;

  /** Forbids nothing. */
  static readonly none = new Constraints([], 0);

  /** @throws WorkbenchError `GRAMMAR_INVALID`, `INVALID_INPUT` where the grammar refuses what is given of the answer */
  static async of(
    model: ConstrainedModel,
    { bannedStrings, grammar }: Pick<Sampling, 'bannedStrings' | 'grammar'>,
    { contextIds, givenIds } = nothing,
  ): Promise<Constraints> {
    const constraints: TokenConstraint[] = [];
    if (bannedStrings.length === 0 && grammar === null) return new Constraints(constraints, model.vocabularySize);
    const tokens = tokenBytes(model.tokenizer);
    const place = contextIds.reduce((before, id) => tokens.after(before, id), tokens.start);
    if (bannedStrings.length > 0) constraints.push(new BannedStrings(tokens, bannedStrings, place));
    if (grammar !== null) {
      const { compileGrammar } = await import('./grammar.ts');
      constraints.push(await compileGrammar({ ...model, tokens }, grammar, place));
    }
    const all = new Constraints(constraints, model.vocabularySize);
    all.#give(givenIds, model.tokenizer);
    return all;
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

  #give(ids: readonly number[], tokenizer: Tokenizer): void {
    for (const [index, id] of ids.entries()) {
      if (this.#constraints.every((constraint) => constraint.give(id))) continue;
      this.dispose();
      const text = JSON.stringify(tokenizer.decode(ids.slice(0, index + 1)));
      throw new WorkbenchError(
        'INVALID_INPUT',
        `The grammar does not allow the given beginning of the answer: ${text}.`,
        {
          action: 'Begin the answer as the grammar wants it, or take the grammar away.',
          details: { token: id, position: index + 1 },
        },
      );
    }
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
