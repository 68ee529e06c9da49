/** The engine: at most one model, one answer, scoring or look inside at a time. Runs in its own process; `router.ts` makes it reachable. */
import { randomInt } from 'node:crypto';
import type { DeviceProbe, DeviceWish } from '../contract/devices.ts';
import type { GenerationEvent, LoadedModel, Turn } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineFingerprint } from '../contract/fingerprint.ts';
import type { Grammar, Sampling } from '../contract/sampling.ts';
import type { ContinuationEvent, ScoreEvent, ScoringWindow } from '../contract/scoring.ts';
import { silentLogger, type Logger } from '../logger/index.ts';
import {
  checkTextLength,
  encodeChat,
  encodeText,
  type EncodedChat,
  type EncodedPieces,
  type TextPiece,
} from '../tokenizer/index.ts';
import { forgetSaved } from './cache-store/forget-saved.ts';
import { checkContinuations, checkGiven, checkPrompt, checkScored } from './check-ids.ts';
import { generate, partPrompt, type GenerationRequest } from './generation.ts';
import { Inspections } from './inspection/inspections.ts';
import { OneTask, type Task } from './one-task.ts';
import { openModel, type OpenModel } from './open-model.ts';
import type { ReleasedStream } from './released-stream.ts';
import { asRuntimeError } from './runtime-errors.ts';
import { Constraints } from './sampling/constraints.ts';
import { scoreContinuations, type ScoredContinuation } from './scoring-continuations.ts';
import { continuationEvents, scoreEvents, type ScoredText } from './scoring-events.ts';
import { scoreWindows } from './scoring-windows.ts';
import { scoreText, type ScoredChunk } from './scoring.ts';

export interface GenerateInput {
  generationId: string;
  promptIds: readonly number[];
  /** So many of the last `promptIds` are the beginning of the answer; 0 where it is left out. */
  givenTokens?: number;
  /** The answer goes on with the text of the prompt, instead of being a text of its own; false where it is left out. */
  continuesText?: boolean;
  sampling: Sampling;
  /** On where it is left out. */
  drafts?: boolean;
}

export interface ScoreInput extends ScoredText {
  scoringId: string;
  topK: number;
  from: number;
  window: ScoringWindow | null;
}

export interface ScoreContinuationsInput {
  scoringId: string;
  prefixIds: readonly number[];
  continuations: readonly (readonly number[])[];
  topK: number;
}

export class Engine {
  #open: OpenModel | null = null;
  readonly #task = new OneTask();
  #loads: Promise<unknown> = Promise.resolve();
  #cacheFolder: string | null = null;
  /** What goes on inside the model. */
  readonly inspections = new Inspections(this.#task, () => this.#loaded());
  readonly #logger: Logger;

  constructor(logger: Logger = silentLogger) {
    this.#logger = logger;
  }

  /** Replaces the loaded model; the old one stays until the new one has proved that it runs. Ends what is under way. */
  load(folder: string, wish: DeviceWish, probes: readonly DeviceProbe[] = []): Promise<LoadedModel> {
    return this.#oneAtATime(async () => {
      const next = await openModel(folder, wish, probes, this.#logger).catch((error: unknown) => {
        throw asRuntimeError(error);
      });
      await this.#replaceWith(next);
      // Not before the model that goes has written its own: a new store clears away what is unfinished in the folder.
      await next.savedCaches.use(this.#cacheFolder);
      return next.description;
    });
  }

  /** From now on caches that give way are kept in this folder and taken from it; `null`: in memory only. */
  keepCaches(folder: string | null): Promise<void> {
    return this.#oneAtATime(async () => {
      this.#cacheFolder = folder;
      await this.#open?.savedCaches.use(folder);
    });
  }

  /** What a deleted conversation left behind. A sequence that an answer is using stays: it belongs to another conversation too. */
  forget(prompts: readonly (readonly number[])[], folder: string | null): Promise<void> {
    return this.#oneAtATime(async () => {
      await this.#open?.caches.forget(prompts);
      if (folder !== null) await forgetSaved(folder, prompts);
      await this.#open?.savedCaches.reopen();
    });
  }

  unload(): Promise<void> {
    return this.#oneAtATime(() => this.#replaceWith(null));
  }

  async fingerprint(): Promise<EngineFingerprint> {
    return this.#loaded().identity();
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

  /** A plain text, without a template, for a model to go on with. */
  async encodeText(pieces: readonly TextPiece[], addBos: boolean): Promise<EncodedPieces> {
    for (const { text } of pieces) checkTextLength(text);
    return encodeText(this.#loaded().tokenizer, pieces, addBos);
  }

  async encode(text: string, addBos: boolean, controlTokens: 'parse' | 'as-text'): Promise<number[]> {
    checkTextLength(text);
    return this.#loaded().tokenizer.encode(text, { addBos, controlTokens });
  }

  /** @throws WorkbenchError `GRAMMAR_INVALID` */
  async checkGrammar(grammar: Grammar): Promise<void> {
    const { tokenizer, description } = this.#loaded();
    const constraints = await Constraints.of({ ...description, tokenizer }, { bannedStrings: [], grammar });
    constraints.dispose();
  }

  /** The stream may be left at any time. */
  async generate(input: GenerateInput, callSignal?: AbortSignal): Promise<ReleasedStream<GenerationEvent>> {
    const { promptIds, sampling, givenTokens = 0, continuesText = false } = input;
    const asked = this.#loaded();
    checkPrompt(promptIds, asked.description);
    checkGiven(givenTokens, promptIds.length);
    let constraints: Constraints | null = null;
    const task: Task<GenerationEvent> = {
      // A grammar is compiled before anything is promised: what is wrong with it is this call's error.
      prepare: async () => {
        const { tokenizer, description } = asked;
        const { contextIds, givenIds } = partPrompt({ promptIds, givenTokens });
        const beginning = { contextIds: continuesText ? contextIds : [], givenIds };
        constraints = await Constraints.of({ ...description, tokenizer }, sampling, beginning);
      },
      begin: (signal) => {
        // Its ids and its grammar are of the vocabulary of the model that was loaded then.
        if (this.#open !== asked) throw modelChanged();
        return withRuntimeErrors(
          answer(asked, {
            promptIds,
            givenTokens,
            continuesText,
            sampling: { ...sampling, seed: sampling.seed ?? randomInt(2 ** 32) },
            constraints: constraints ?? Constraints.none,
            stopIds: new Set(asked.description.stopIds),
            drafts: input.drafts ?? true,
            signal,
          }),
        );
      },
      release: () => constraints?.dispose(),
    };
    return this.#task.start(input.generationId, task, callSignal);
  }

  /** As `generate`: one stream at a time, of answers and scores together. */
  async score(input: ScoreInput, callSignal?: AbortSignal): Promise<ReleasedStream<ScoreEvent>> {
    checkScored(input, this.#loaded().description);
    const begin = (signal: AbortSignal): AsyncGenerator<ScoreEvent, void, undefined> => {
      const open = this.#loaded();
      checkScored(input, open.description);
      return scoreEvents(open.tokenizer, input, withRuntimeErrors(scored(open, input, signal)));
    };
    return this.#task.start(input.scoringId, { begin }, callSignal);
  }

  async scoreContinuations(
    input: ScoreContinuationsInput,
    callSignal?: AbortSignal,
  ): Promise<ReleasedStream<ContinuationEvent>> {
    const { prefixIds, continuations } = input;
    checkContinuations(prefixIds, continuations, this.#loaded().description);
    const begin = (signal: AbortSignal): AsyncGenerator<ContinuationEvent, void, undefined> => {
      const open = this.#loaded();
      checkContinuations(prefixIds, continuations, open.description);
      return continuationEvents(
        open.tokenizer,
        prefixIds,
        continuations,
        withRuntimeErrors(scoredContinuations(open, input, signal)),
      );
    };
    return this.#task.start(input.scoringId, { begin }, callSignal);
  }

  /** By the id of a generation, a scoring or an inspection, also of one that still waits for the end of another. */
  cancel(id: string): void {
    this.#task.cancel(id);
  }

  #loaded(): OpenModel {
    if (this.#open !== null) return this.#open;
    throw new WorkbenchError('MODEL_NOT_LOADED', 'No model is loaded.', { action: 'Load a model first.' });
  }

  /** Ends what runs before its model is released. */
  async #replaceWith(next: OpenModel | null): Promise<void> {
    const previous = this.#open;
    this.#open = next;
    await this.#task.end();
    this.inspections.forget();
    await previous?.caches.close();
    await previous?.savedCaches.use(null);
    await previous?.model.release();
  }

  #oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#loads.then(work);
    this.#loads = result.catch(() => undefined);
    return result;
  }
}

function modelChanged(): WorkbenchError {
  return new WorkbenchError('ENGINE_BUSY', 'Another model was loaded before the answer began.', {
    action: 'Send it again.',
  });
}

/** What the runtime says of memory and device, in the workbench's family. */
async function* withRuntimeErrors<Event>(
  events: AsyncGenerator<Event, void, undefined>,
): AsyncGenerator<Event, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    throw asRuntimeError(error);
  }
}

function answer(
  { model, tokenizer, caches }: Pick<OpenModel, 'model' | 'tokenizer' | 'caches'>,
  request: GenerationRequest,
): AsyncGenerator<GenerationEvent, void, undefined> {
  return caches.using(request.promptIds, request.signal, (taken) => generate(model, tokenizer, taken, request));
}

async function* scored(
  { model, caches }: Pick<OpenModel, 'model' | 'caches'>,
  { ids, window, from, topK, next = false }: ScoreInput,
  signal: AbortSignal,
): AsyncGenerator<ScoredChunk, void, undefined> {
  const options = { topK, from, next, signal };
  // All rows are needed where all is scored: nothing is taken from a conversation, and nothing is left behind.
  if (window !== null || from <= 1) {
    const own = model.newCache();
    try {
      if (window === null) yield* scoreText(model, own, ids, options);
      else yield* scoreWindows(model, own, ids, window, options);
    } finally {
      own.dispose();
    }
    return;
  }
  yield* caches.using(ids.slice(0, from), signal, ({ cache }) => scoreText(model, cache, ids, options));
}

function scoredContinuations(
  { model, caches }: Pick<OpenModel, 'model' | 'caches'>,
  { prefixIds, continuations, topK }: ScoreContinuationsInput,
  signal: AbortSignal,
): AsyncGenerator<ScoredContinuation, void, undefined> {
  const options = { topK, signal };
  return caches.using(prefixIds, signal, ({ cache }) =>
    scoreContinuations(model, cache, prefixIds, continuations, options),
  );
}
