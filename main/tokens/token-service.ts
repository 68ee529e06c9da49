/** Tokens as the main side offers them: finds the file that is meant, and hands the work to the tokenizer process. */
import type { ContractRouterClient } from '@orpc/contract';
import type { DescribedTokenizer } from '../contract/comparison.ts';
import type { TokenizerSource } from '../contract/tokenisation.ts';
import type { tokenizerContract } from '../contract/tokenizer-process.ts';
import { TokenizerSources, type SourceOptions } from './tokenizer-sources.ts';

export type TokenizerClient = ContractRouterClient<typeof tokenizerContract>;

export interface TokenServiceOptions extends SourceOptions {
  /** The client of the running tokenizer process; starts it where it is not running. */
  client: () => TokenizerClient;
}

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
    { tokenizer, text }: { tokenizer: TokenizerSource; text: string },
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<TokenizerClient['encode']>>> {
    const path = await this.pathOf(tokenizer, signal);
    return this.client.encode({ path, text }, { ...(signal && { signal }) });
  }

  /** @throws WorkbenchError `tokenizerErrors` */
  async describe(tokenizer: TokenizerSource, signal = new AbortController().signal): Promise<DescribedTokenizer> {
    const found = await this.sources.find(tokenizer, signal);
    return { ...found, ...(await this.client.describe({ path: found.path }, { signal })) };
  }

  /** The tokenizer.json that is meant; of a repository of the hub it may be fetched first. @throws WorkbenchError `tokenizerErrors` */
  async pathOf(source: TokenizerSource, signal = new AbortController().signal): Promise<string> {
    return (await this.sources.find(source, signal)).path;
  }
}
