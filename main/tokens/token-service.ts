/** Tokens as the main side offers them: finds the file that is meant, and hands the work to the tokenizer process. */
import { isAbsolute, join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { missingCase, WorkbenchError } from '../contract/errors.ts';
import type { Explanation, MergeReplay } from '../contract/pipeline.ts';
import type { ChatTemplateSource, RenderedTemplate, TemplateInput } from '../contract/template-lens.ts';
import type { TokenizerSource } from '../contract/tokenisation.ts';
import type { tokenizerContract } from '../contract/tokenizer-process.ts';

export type TokenizerClient = ContractRouterClient<typeof tokenizerContract>;

export interface TokenServiceOptions {
  /** The client of the running tokenizer process; starts it where it is not running. */
  client: () => TokenizerClient;
  /** `null`: of the model that is loaded or would be. @throws WorkbenchError `MODEL_NOT_FOUND` */
  folderOfModel: (modelId: string | null) => Promise<string>;
}

export class TokenService {
  readonly #options: TokenServiceOptions;

  constructor(options: TokenServiceOptions) {
    this.#options = options;
  }

  async encode(
    { tokenizer, text }: { tokenizer: TokenizerSource; text: string },
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<TokenizerClient['encode']>>> {
    const path = await this.pathOf(tokenizer);
    return this.#options.client().encode({ path, text }, { ...(signal && { signal }) });
  }

  async explain(
    { tokenizer, text }: { tokenizer: TokenizerSource; text: string },
    signal?: AbortSignal,
  ): Promise<Explanation> {
    const path = await this.pathOf(tokenizer);
    return this.#options.client().explain({ path, text }, { ...(signal && { signal }) });
  }

  async merges(
    { tokenizer, ids }: { tokenizer: TokenizerSource; ids: number[] },
    signal?: AbortSignal,
  ): Promise<MergeReplay> {
    const path = await this.pathOf(tokenizer);
    return this.#options.client().merges({ path, ids }, { ...(signal && { signal }) });
  }

  async template({ tokenizer }: { tokenizer: TokenizerSource }, signal?: AbortSignal): Promise<ChatTemplateSource> {
    const path = await this.pathOf(tokenizer);
    return this.#options.client().template({ path }, { ...(signal && { signal }) });
  }

  async renderTemplate(
    { tokenizer, ...input }: TemplateInput & { tokenizer: TokenizerSource },
    signal?: AbortSignal,
  ): Promise<RenderedTemplate> {
    const path = await this.pathOf(tokenizer);
    return this.#options.client().renderTemplate({ path, ...input }, { ...(signal && { signal }) });
  }

  /** The tokenizer.json that is meant. @throws WorkbenchError `MODEL_NOT_FOUND`, `INVALID_INPUT` */
  async pathOf(source: TokenizerSource): Promise<string> {
    switch (source.kind) {
      case 'chosen':
        return join(await this.#options.folderOfModel(null), 'tokenizer.json');
      case 'model':
        return join(await this.#options.folderOfModel(source.modelId), 'tokenizer.json');
      case 'file':
        if (isAbsolute(source.path)) return source.path;
        throw new WorkbenchError('INVALID_INPUT', `${source.path} is not an absolute path.`, {
          action: 'Give the whole path of a tokenizer.json.',
        });
      default:
        return missingCase(source);
    }
  }
}
