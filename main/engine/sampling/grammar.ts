/**
 * Answers of a given form: a JSON schema, a regular expression or a GBNF grammar decides at each step which tokens may come, on
 * the text as it is shown (grammar-vocabulary.ts). An answer may end where the form is complete, and only there.
 */
import { WorkbenchError } from '../../contract/errors.ts';
import type { Grammar } from '../../contract/sampling.ts';
import type { TextPlace, TokenBytes, Tokenizer } from '../../tokenizer/index.ts';
import { readableClasses } from './character-classes.ts';
import { GrammarVocabulary } from './grammar-vocabulary.ts';
import { invalidGrammar } from './invalid-grammar.ts';
import { readableSchema } from './json-schema.ts';
import type { TokenConstraint } from './token-constraint.ts';
import {
  XGrammarInstance,
  type CompiledGrammar,
  type GrammarCompiler,
  type GrammarMatcher as Matcher,
} from './xgrammar.ts';

/** White space between two JSON tokens at most: without a bound a weak model writes line breaks for ever. */
const longestWhitespace = 16;

interface Compiler {
  instance: XGrammarInstance;
  vocabulary: GrammarVocabulary;
  compiler: GrammarCompiler;
}

/** Reading a vocabulary takes 0.2 s and 70 MB for 65,024 tokens: once for each tokenizer. */
const compilers = new WeakMap<TokenBytes, Promise<Compiler>>();

export interface GrammarTokens {
  tokenizer: Tokenizer;
  /** Of that tokenizer. */
  tokens: TokenBytes;
  /** Tokens that end an answer. */
  stopIds: readonly number[];
}

/**
 * `place` is that of the first token.
 * @throws WorkbenchError `GRAMMAR_INVALID` with the library's reason
 */
export async function compileGrammar(
  given: GrammarTokens,
  grammar: Grammar,
  place: TextPlace = given.tokens.start,
): Promise<GrammarMatcher> {
  const source = readableSource(grammar);
  const { instance, vocabulary, compiler } = await compilerOf(given);
  instance.takeMessages();
  let compiled: CompiledGrammar | null = null;
  try {
    compiled = await compile(compiler, { type: grammar.type, source });
    const matcher = await instance.api.GrammarMatcher.createGrammarMatcher(compiled, [...given.stopIds]);
    return new GrammarMatcher({ vocabulary, matcher, compiled, stopIds: given.stopIds, place });
  } catch (cause) {
    compiled?.dispose();
    compilers.delete(given.tokens);
    throw invalidGrammar(reasonIn(instance.takeMessages(), cause), cause);
  }
}

interface MatcherParts {
  vocabulary: GrammarVocabulary;
  matcher: Matcher;
  compiled: CompiledGrammar;
  stopIds: readonly number[];
  /** Of the first token. */
  place: TextPlace;
}

/** One answer's way through a grammar. */
export class GrammarMatcher implements TokenConstraint {
  readonly #vocabulary: GrammarVocabulary;
  readonly #matcher: Matcher;
  readonly #compiled: CompiledGrammar;
  readonly #stopIds: readonly number[];
  /** Before each token so far, and now. */
  readonly #places: TextPlace[];
  /** For each token, whether the library was told of it. */
  readonly #accepted: boolean[] = [];
  #isDisposed = false;

  constructor({ vocabulary, matcher, compiled, stopIds, place }: MatcherParts) {
    this.#vocabulary = vocabulary;
    this.#matcher = matcher;
    this.#compiled = compiled;
    this.#stopIds = stopIds;
    this.#places = [place];
  }

  /** A stop token came. */
  get isFinished(): boolean {
    return this.#matcher.isTerminated();
  }

  /** Writes a bit mask of one bit a token: 1 where it may come. */
  async fillMask(mask: Uint32Array): Promise<void> {
    if (this.isFinished) {
      mask.fill(0);
      for (const id of this.#stopIds) mask[id >>> 5] = (mask[id >>> 5] ?? 0) | (1 << (id & 31));
      return;
    }
    this.#vocabulary.copyMask(this.#place, await this.#matcher.getNextTokenBitmask(), mask);
  }

  async restrict(allowed: Uint32Array): Promise<void> {
    const mask = new Uint32Array(allowed.length);
    await this.fillMask(mask);
    for (const [i, word] of mask.entries()) allowed[i] = (allowed[i] as number) & word;
  }

  give(id: number): boolean {
    const entry = this.#stopIds.includes(id) ? id : this.#vocabulary.entryOf(this.#place, id);
    if (this.isFinished || (entry !== null && !this.#matcher.acceptToken(entry))) return false;
    this.#places.push(this.#vocabulary.tokens.after(this.#place, id));
    this.#accepted.push(entry !== null);
    return true;
  }

  /** @throws WorkbenchError `INTERNAL` for a token that the mask forbids */
  accept(id: number): void {
    if (!this.give(id)) {
      throw new WorkbenchError('INTERNAL', `The grammar does not allow token ${id} here.`, {
        action: 'Report this: a token came that the mask forbids.',
        details: { token: id },
      });
    }
  }

  /** Takes the last tokens back. */
  rollback(count: number): void {
    if (count === 0) return;
    if (count >= this.#places.length) {
      throw new WorkbenchError('INTERNAL', `${count} tokens cannot be taken back of ${this.#places.length - 1}.`, {
        action: 'Report this: more tokens were taken back than had come.',
      });
    }
    const accepted = this.#accepted.splice(-count).filter(Boolean).length;
    if (accepted > 0) this.#matcher.rollBack(accepted);
    this.#places.length -= count;
  }

  /** WebAssembly memory is not collected. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#matcher.dispose();
    this.#compiled.dispose();
  }

  get #place(): TextPlace {
    return this.#places.at(-1) ?? this.#vocabulary.tokens.start;
  }
}

function compile(compiler: GrammarCompiler, { type, source }: Grammar): Promise<CompiledGrammar> {
  switch (type) {
    case 'json-schema':
      return compiler.compileJSONSchema(source, true, undefined, undefined, true, longestWhitespace);
    case 'regex':
      return compiler.compileStructuralTag({ type: 'structural_tag', format: { type: 'regex', pattern: source } });
    case 'gbnf':
      return compiler.compileGrammar(source);
  }
}

function compilerOf({ tokenizer, tokens }: GrammarTokens): Promise<Compiler> {
  let compiler = compilers.get(tokens);
  if (compiler === undefined) {
    compiler = readVocabulary(tokenizer, tokens);
    compilers.set(tokens, compiler);
    compiler.catch(() => compilers.delete(tokens));
  }
  return compiler;
}

async function readVocabulary(tokenizer: Tokenizer, tokens: TokenBytes): Promise<Compiler> {
  const instance = await XGrammarInstance.load();
  const vocabulary = new GrammarVocabulary(tokenizer, tokens);
  const { entries, type } = vocabulary;
  const info = await instance.api.TokenizerInfo.createTokenizerInfo(entries, type, false, entries.length, []);
  return { instance, vocabulary, compiler: await instance.api.GrammarCompiler.createGrammarCompiler(info, false) };
}

function readableSource({ type, source }: Grammar): string {
  return type === 'json-schema' ? readableSchema(source) : readableClasses(source, type);
}

/** The library writes `[FATAL] /its/source.cc:75: reason`, sometimes with the check that failed in front of the reason. */
function reasonIn(messages: string, cause: unknown): string {
  const [, reason] =
    /\[FATAL\] \S+:\d+: (?:Check failed: \(.*?\) is false: )?([\s\S]*?)\n?(?:Aborted|$)/.exec(messages) ?? [];
  return reason?.trim().replace(/\.$/, '') ?? (cause instanceof Error ? cause.message : String(cause));
}
