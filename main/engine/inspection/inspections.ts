/**
 * Looks inside the model that is loaded, one task at a time with answers and scores. What a look at one text computed is kept for the
 * next one at the same text (another layer), and dropped after a minute or with the model.
 */
import { WorkbenchError } from '../../contract/errors.ts';
import type { AttentionEvent, LensEvent, NeighboursEvent } from '../../contract/inspection.ts';
import { checkScored, checkVocabulary } from '../check-ids.ts';
import { availableMemoryBytes } from '../devices/host-memory.ts';
import type { OneTask } from '../one-task.ts';
import type { ReleasedStream } from '../released-stream.ts';
import { attentionOf } from './attention.ts';
import { EmbeddingRows } from './embedding-rows.ts';
import { HiddenStates } from './hidden-states.ts';
import { inspectedModel, type InspectedModel, type LoadedParts } from './inspected-model.ts';
import { attentionEvents, lensEvents, neighboursEvents } from './inspection-events.ts';
import { checkInspectedLength, checkLayer, inspectionBytes, requireMemory, searchBytes } from './inspection-limits.ts';
import { lensOf } from './logit-lens.ts';
import { nearestTokens } from './nearest-tokens.ts';

export interface InspectedIds {
  inspectionId: string;
  ids: readonly number[];
}

const keptMs = 60_000;

interface InspectionTask<Event> {
  /** Before anything is prepared, and again when it begins. */
  check: (open: LoadedParts) => void;
  events: (kept: Kept, signal: AbortSignal) => AsyncGenerator<Event, void, undefined>;
}

interface Kept {
  of: LoadedParts;
  model: InspectedModel;
  rows: EmbeddingRows;
  states: HiddenStates | null;
}

export class Inspections {
  readonly #task: OneTask;
  readonly #loaded: () => LoadedParts;
  readonly #availableBytes: () => number;
  #kept: Kept | null = null;
  #forgetting: NodeJS.Timeout | null = null;

  constructor(task: OneTask, loaded: () => LoadedParts, availableBytes: () => number = availableMemoryBytes) {
    this.#task = task;
    this.#loaded = loaded;
    this.#availableBytes = availableBytes;
  }

  /** @throws WorkbenchError as the contract says */
  attention(
    { inspectionId, ids, layer }: InspectedIds & { layer: number },
    callSignal?: AbortSignal,
  ): Promise<ReleasedStream<AttentionEvent>> {
    return this.#start(inspectionId, callSignal, {
      check: (open) => {
        this.#checkText(ids, open);
        checkLayer(layer, open.description.layers);
      },
      events: (kept, signal) =>
        attentionEvents(kept.model, ids, attentionOf(kept.model, this.#statesOf(kept, ids), layer, signal)),
    });
  }

  /** @throws WorkbenchError as the contract says */
  lens(
    { inspectionId, ids, topK }: InspectedIds & { topK: number },
    callSignal?: AbortSignal,
  ): Promise<ReleasedStream<LensEvent>> {
    return this.#start(inspectionId, callSignal, {
      check: (open) => this.#checkText(ids, open),
      events: (kept, signal) =>
        lensEvents(kept.model, ids, lensOf(kept.model, this.#statesOf(kept, ids), topK, signal)),
    });
  }

  /** @throws WorkbenchError as the contract says */
  neighbours(
    { inspectionId, id, count }: { inspectionId: string; id: number; count: number },
    callSignal?: AbortSignal,
  ): Promise<ReleasedStream<NeighboursEvent>> {
    return this.#start(inspectionId, callSignal, {
      check: ({ description, model }) => {
        checkVocabulary([id], description.vocabularySize);
        requireMemory(searchBytes(model.config, description.weightBytes), this.#availableBytes());
      },
      events: ({ model, rows }, signal) => neighboursEvents(model, nearestTokens(model, rows, { id, count }, signal)),
    });
  }

  /** The model goes, or nobody has looked for a while. */
  forget(): void {
    this.#stopForgetting();
    this.#kept = null;
  }

  async #start<Event>(
    id: string,
    callSignal: AbortSignal | undefined,
    { check, events }: InspectionTask<Event>,
  ): Promise<ReleasedStream<Event>> {
    check(this.#loaded());
    let kept: Kept | null = null;
    const prepare = async (): Promise<void> => {
      kept = await this.#keptOf(this.#loaded());
    };
    const begin = (signal: AbortSignal): AsyncGenerator<Event, void, undefined> => {
      const open = this.#loaded();
      check(open);
      if (kept?.of !== open) throw modelChanged();
      return events(kept, signal);
    };
    // A call that was refused before it was prepared says nothing about how long the one that runs will look.
    const release = (): void => {
      if (kept !== null) this.#forgetLater();
    };
    return this.#task.start(id, { prepare, begin, release }, callSignal);
  }

  async #keptOf(of: LoadedParts): Promise<Kept> {
    if (this.#kept?.of !== of) {
      const model = await inspectedModel(of);
      this.#kept = { of, model, rows: new EmbeddingRows(model), states: null };
    }
    this.#stopForgetting();
    return this.#kept;
  }

  #statesOf(kept: Kept, ids: readonly number[]): HiddenStates {
    if (kept.states?.isOf(ids) !== true) kept.states = new HiddenStates(kept.model, ids);
    return kept.states;
  }

  #checkText(ids: readonly number[], { description, model }: LoadedParts): void {
    checkInspectedLength(ids.length);
    checkScored({ ids, window: null }, description);
    requireMemory(inspectionBytes(model.config, description.weightBytes, ids.length), this.#availableBytes());
  }

  #forgetLater(): void {
    this.#stopForgetting();
    this.#forgetting = setTimeout(() => this.forget(), keptMs).unref();
  }

  #stopForgetting(): void {
    if (this.#forgetting !== null) clearTimeout(this.#forgetting);
    this.#forgetting = null;
  }
}

function modelChanged(): WorkbenchError {
  return new WorkbenchError('ENGINE_BUSY', 'Another model was loaded before the inspection began.', {
    action: 'Ask again.',
  });
}
