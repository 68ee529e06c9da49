/**
 * The engine in the hands of one who answers with several models in turn. Whoever holds it loads what it wants; when it lets go, the
 * model that was there before is there again, and the user's choice of a model was never changed.
 */
import type { LoadedModel } from '../contract/engine.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { EngineClient } from './engine-client.ts';

export interface HeldModel {
  engine: EngineClient;
  model: LoadedModel;
  /** It was there already: nothing had to be loaded. */
  wasLoaded: boolean;
}

interface HeldParts {
  chosenId: string;
  swap: (id: string) => Promise<HeldModel>;
  generating: <Event>(
    body: () => AsyncIterable<Event>,
    model: LoadedModel,
    signal: AbortSignal,
  ) => AsyncGenerator<Event>;
  cancel: (engine: EngineClient, generationId: string) => Promise<void>;
  putBack: () => Promise<void>;
  release: () => void;
}

export class HeldEngine {
  readonly #parts: HeldParts;

  constructor(parts: HeldParts) {
    this.#parts = parts;
  }

  /** Of the model that is loaded, or that would be. */
  get chosenId(): string {
    return this.#parts.chosenId;
  }

  /** Nothing is done where it is loaded already. @throws WorkbenchError as `load` of the model service */
  load(id: string): Promise<HeldModel> {
    return this.#parts.swap(id);
  }

  /** As `generating` of the model service. */
  generating<Event>(body: () => AsyncIterable<Event>, model: LoadedModel, signal: AbortSignal): AsyncGenerator<Event> {
    return this.#parts.generating(body, model, signal);
  }

  /** As `cancel` of the model service. */
  cancel(engine: EngineClient, generationId: string): Promise<void> {
    return this.#parts.cancel(engine, generationId);
  }

  /**
   * Puts back the model that was loaded, or unloads where none was, and lets go. Where the workbench is closing nothing is put back.
   * Never throws: what went wrong is returned, and the engine is free all the same.
   */
  async release({ isClosing = false } = {}): Promise<WorkbenchError | null> {
    try {
      if (!isClosing) await this.#parts.putBack();
      return null;
    } catch (thrown) {
      return WorkbenchError.from(thrown);
    } finally {
      this.#parts.release();
    }
  }
}
