/** The engine: at most one model, one generation at a time. Runs in its own process; `router.ts` makes it reachable. */
import { randomInt } from 'node:crypto';
import type { DeviceProbe, DeviceWish } from '../contract/devices.ts';
import type { GenerationEvent, LoadedModel, Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Sampling } from '../contract/sampling.ts';
import type { TokenizedText } from '../contract/tokens.ts';
import { silentLogger, type Logger } from '../logger/index.ts';
import { encodeChat, Tokenizer, tokenizeWithSpans, type EncodedChat } from '../tokenizer/index.ts';
import { CacheStore } from './cache-store/cache-store.ts';
import { generate, type GenerationRequest } from './generation.ts';
import { openModel, type OpenModel } from './open-model.ts';
import { ReleasedStream } from './released-stream.ts';
import { asRuntimeError } from './runtime-errors.ts';
import { Constraints } from './sampling/constraints.ts';

export interface GenerateInput {
  generationId: string;
  promptIds: readonly number[];
  sampling: Sampling;
  /** On where it is left out. */
  drafts?: boolean;
}

interface RunningGeneration {
  cancel: AbortController;
  /** Aborted by `cancel`, or by the caller: the generation ends within a step. */
  signal: AbortSignal;
  ended: Promise<unknown>;
}

export class Engine {
  #open: OpenModel | null = null;
  #running: RunningGeneration | null = null;
  /** By generation id: the running one, and those that wait for its end. */
  readonly #cancels = new Map<string, AbortController>();
  #loads: Promise<unknown> = Promise.resolve();
  #cacheFolder: string | null = null;
  #store: CacheStore | null = null;
  readonly #logger: Logger;
  #lastTokenizer: { folder: string; tokenizer: Promise<Tokenizer> } | null = null;

  constructor(logger: Logger = silentLogger) {
    this.#logger = logger;
  }

  /** Replaces the loaded model; the old one stays until the new one has proved that it runs. Ends a running generation. */
  load(folder: string, wish: DeviceWish, probes: readonly DeviceProbe[] = []): Promise<LoadedModel> {
    return this.#oneAtATime(async () => {
      const next = await openModel(folder, wish, probes, () => this.#store).catch((error: unknown) => {
        throw asRuntimeError(error);
      });
      await this.#replaceWith(next);
      await this.#openStore();
      return next.description;
    });
  }

  /** From now on caches that give way are kept in this folder and taken from it; `null`: in memory only. */
  keepCaches(folder: string | null): Promise<void> {
    return this.#oneAtATime(async () => {
      this.#cacheFolder = folder;
      await this.#openStore();
    });
  }

  unload(): Promise<void> {
    return this.#oneAtATime(() => this.#replaceWith(null));
  }

  /** `cachedTokens` are those of the sequence that was used last. */
  memory(): { residentBytes: number; cachedTokens: number; cachedSequences: number; cacheBytes: number } {
    const caches = this.#open?.caches;
    return {
      residentBytes: process.memoryUsage.rss(),
      cachedTokens: caches?.lastLength ?? 0,
      cachedSequences: caches?.sequenceCount ?? 0,
      cacheBytes: caches?.byteLength ?? 0,
    };
  }

  async encodeChat(turns: readonly Turn[], addGenerationPrompt: boolean): Promise<EncodedChat> {
    const { tokenizer, chatTemplate } = this.#loaded();
    return encodeChat(tokenizer, await chatTemplate(), turns, addGenerationPrompt);
  }

  async tokenize(folder: string, text: string): Promise<TokenizedText> {
    return tokenizeWithSpans(await this.#tokenizerOf(folder), text);
  }

  /**
   * The stream may be left at any time. Waits for a generation that is already being cancelled, so that stopping an answer
   * and sending the next message at once works.
   */
  async generate(input: GenerateInput, callSignal?: AbortSignal): Promise<ReleasedStream<GenerationEvent>> {
    checkPrompt(input.promptIds, this.#loaded().description);
    const { generationId } = input;
    const cancel = new AbortController();
    this.#cancels.set(generationId, cancel);
    try {
      while (this.#running?.signal.aborted === true) await this.#running.ended;
      callSignal?.throwIfAborted();
      const constraints = await this.#constraintsOf(input.sampling);
      try {
        return this.#begin(input, constraints, cancel, callSignal);
      } catch (error) {
        constraints.dispose();
        throw error;
      }
    } catch (error) {
      this.#cancels.delete(generationId);
      throw error;
    }
  }

  /** Also one that still waits for the end of another. */
  cancel(generationId: string): void {
    this.#cancels.get(generationId)?.abort();
  }

  /** A grammar is compiled before anything is promised: what is wrong with it is this call's error. */
  #constraintsOf(sampling: Sampling): Promise<Constraints> {
    const { tokenizer, description } = this.#loaded();
    const { stopIds, vocabularySize } = description;
    return Constraints.of({ tokenizer, stopIds, vocabularySize }, sampling);
  }

  #begin(
    input: GenerateInput,
    constraints: Constraints,
    cancel: AbortController,
    callSignal?: AbortSignal,
  ): ReleasedStream<GenerationEvent> {
    if (this.#running !== null) {
      throw new WorkbenchError('ENGINE_BUSY', 'The engine is generating another answer.', {
        action: 'Wait for its end or stop it, then try again.',
      });
    }
    // Read again: another model may have been loaded meanwhile.
    const { description, ...open } = this.#loaded();
    checkPrompt(input.promptIds, description);
    const signal = callSignal === undefined ? cancel.signal : AbortSignal.any([callSignal, cancel.signal]);
    const { promise: ended, resolve } = Promise.withResolvers<undefined>();
    this.#running = { cancel, signal, ended };
    const events = answer(open, {
      promptIds: input.promptIds,
      sampling: { ...input.sampling, seed: input.sampling.seed ?? randomInt(2 ** 32) },
      constraints,
      stopIds: new Set(description.stopIds),
      drafts: input.drafts ?? true,
      signal,
    });
    return new ReleasedStream(events, {
      callSignal,
      onLeave: () => cancel.abort(),
      onEnd: () => {
        this.#running = null;
        constraints.dispose();
        this.#cancels.delete(input.generationId);
        resolve(undefined);
      },
    });
  }

  #loaded(): OpenModel {
    if (this.#open !== null) return this.#open;
    throw new WorkbenchError('MODEL_NOT_LOADED', 'No model is loaded.', { action: 'Load a model first.' });
  }

  /** Ends a running generation before its model is released. */
  async #replaceWith(next: OpenModel | null): Promise<void> {
    const [previous, running] = [this.#open, this.#running];
    this.#open = next;
    running?.cancel.abort();
    await running?.ended;
    await previous?.caches.close();
    await previous?.model.release();
    if (next === null) this.#store = null;
  }

  async #openStore(): Promise<void> {
    const [folder, open] = [this.#cacheFolder, this.#open];
    this.#store =
      folder === null || open === null
        ? null
        : await CacheStore.open({ folder, fingerprint: await open.fingerprint(), logger: this.#logger });
  }

  #tokenizerOf(folder: string): Promise<Tokenizer> {
    if (this.#open?.description.folder === folder) return Promise.resolve(this.#open.tokenizer);
    if (this.#lastTokenizer?.folder === folder) return this.#lastTokenizer.tokenizer;
    const loading = { folder, tokenizer: Tokenizer.load(folder) };
    this.#lastTokenizer = loading;
    loading.tokenizer.catch(() => {
      // A file that was put right is read again.
      if (this.#lastTokenizer === loading) this.#lastTokenizer = null;
    });
    return loading.tokenizer;
  }

  #oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#loads.then(work);
    this.#loads = result.catch(() => undefined);
    return result;
  }
}

async function* answer(
  { model, tokenizer, caches }: Pick<OpenModel, 'model' | 'tokenizer' | 'caches'>,
  request: GenerationRequest,
): AsyncGenerator<GenerationEvent, void, undefined> {
  try {
    const taken = await caches.take(request.promptIds);
    yield* generate(model, tokenizer, taken, request);
  } catch (error) {
    throw asRuntimeError(error);
  } finally {
    caches.trim();
  }
}

function checkPrompt(promptIds: readonly number[], { contextLength, vocabularySize }: LoadedModel): void {
  if (promptIds.length === 0) {
    throw new WorkbenchError('PROMPT_EMPTY', 'The prompt has no tokens.', { action: 'Write something first.' });
  }
  if (promptIds.length >= contextLength) {
    throw new WorkbenchError(
      'CONTEXT_EXCEEDED',
      `The prompt has ${promptIds.length} tokens; the model reads ${contextLength} with the answer.`,
      {
        action: 'Shorten it or start a new conversation.',
        details: { tokens: promptIds.length, limit: contextLength },
      },
    );
  }
  const outside = promptIds.find((id) => id < 0 || id >= vocabularySize);
  if (outside !== undefined) {
    throw new WorkbenchError('INVALID_INPUT', `Token ${outside} is outside the vocabulary of ${vocabularySize}.`, {
      action: 'Encode the prompt with the tokenizer of the loaded model.',
      details: { token: outside, limit: vocabularySize },
    });
  }
}
