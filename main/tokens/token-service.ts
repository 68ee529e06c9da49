/** Tokens as the main side offers them: finds the file that is meant, and hands the work to the tokenizer process. */
import type { ContractRouterClient } from '@orpc/contract';
import type { DescribedTokenizer } from '../contract/comparison.ts';
import type { Explanation, MergeReplay } from '../contract/pipeline.ts';
import type { ChatTemplateSource, RenderedTemplate, TemplateInput } from '../contract/template-lens.ts';
import type { ContinuationTexts, PossibleNext, TokenizerSource } from '../contract/tokenisation.ts';
import type { tokenizerContract } from '../contract/tokenizer-process.ts';
import type { VocabularyDetails, VocabularyInput, VocabularyPage } from '../contract/vocabulary.ts';
import { TokenizerSources, type FoundTokenizer, type SourceOptions } from './tokenizer-sources.ts';

export type TokenizerClient = ContractRouterClient<typeof tokenizerContract>;

export interface TokenServiceOptions extends SourceOptions {
  /** The client of the running tokenizer process; starts it where it is not running. */
  client: () => TokenizerClient;
}

/** A call's input, and whose tokenizer it is about. */
type Of<Input> = { tokenizer: TokenizerSource } & Input;

interface Reached {
  found: FoundTokenizer;
  client: TokenizerClient;
  /** Of every call. */
  path: string;
  options: { signal: AbortSignal };
}

/** Every call throws what `tokenizerErrors` lists. */
export class TokenService {
  readonly #options: TokenServiceOptions;
  readonly sources: TokenizerSources;

  constructor(options: TokenServiceOptions) {
    this.#options = options;
    this.sources = new TokenizerSources(options);
  }

  get client(): TokenizerClient {
    return this.#options.client();
  }

  async encode(
    { tokenizer, text }: Of<{ text: string }>,
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<TokenizerClient['encode']>>> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.encode({ path, text }, options);
  }

  async describe(tokenizer: TokenizerSource, signal?: AbortSignal): Promise<DescribedTokenizer> {
    const { found, client, path, options } = await this.#reach(tokenizer, signal);
    return { ...found, ...(await client.describe({ path }, options)) };
  }

  async vocabulary({ tokenizer, ...search }: Of<VocabularyInput>, signal?: AbortSignal): Promise<VocabularyPage> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.vocabulary({ path, ...search }, options);
  }

  async vocabularyEntry({ tokenizer, id }: Of<{ id: number }>, signal?: AbortSignal): Promise<VocabularyDetails> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.vocabularyEntry({ path, id }, options);
  }

  async explain({ tokenizer, text }: Of<{ text: string }>, signal?: AbortSignal): Promise<Explanation> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.explain({ path, text }, options);
  }

  async merges({ tokenizer, ids }: Of<{ ids: number[] }>, signal?: AbortSignal): Promise<MergeReplay> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.merges({ path, ids }, options);
  }

  async textsAfter({ tokenizer, ...possible }: Of<PossibleNext>, signal?: AbortSignal): Promise<ContinuationTexts> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.textsAfter({ path, ...possible }, options);
  }

  async template(tokenizer: TokenizerSource, signal?: AbortSignal): Promise<ChatTemplateSource> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.template({ path }, options);
  }

  async renderTemplate({ tokenizer, ...input }: Of<TemplateInput>, signal?: AbortSignal): Promise<RenderedTemplate> {
    const { client, path, options } = await this.#reach(tokenizer, signal);
    return client.renderTemplate({ path, ...input }, options);
  }

  /** The tokenizer.json that is meant; of a repository of the hub it may be fetched first. */
  async #reach(tokenizer: TokenizerSource, signal = new AbortController().signal): Promise<Reached> {
    const found = await this.sources.find(tokenizer, signal);
    return { found, client: this.client, path: found.path, options: { signal } };
  }
}
