/** Looks inside the model that is loaded, or else the chosen one: texts to ids, the engine marked busy meanwhile. */
import { randomUUID } from 'node:crypto';
import { WorkbenchError } from '../contract/errors.ts';
import type { AttentionEvent, Inspected, LensEvent, Neighbour } from '../contract/inspection.ts';
import type { EngineClient, ModelService } from './model-service.ts';

type Models = Pick<ModelService, 'ready' | 'generating' | 'checkFree'>;

/** @throws WorkbenchError as `tokens.attention` of the contract, the last of them from the stream */
export async function inspectAttention(
  models: Models,
  { layer, ...inspected }: Inspected & { layer: number },
  signal = new AbortController().signal,
): Promise<AsyncGenerator<AttentionEvent>> {
  return inspect(models, inspected, signal, (engine, ids) =>
    engine.attention({ inspectionId: randomUUID(), ids, layer }, { signal }),
  );
}

/** @throws WorkbenchError as `tokens.lens` of the contract, the last of them from the stream */
export async function inspectLens(
  models: Models,
  { topK, ...inspected }: Inspected & { topK: number },
  signal = new AbortController().signal,
): Promise<AsyncGenerator<LensEvent>> {
  return inspect(models, inspected, signal, (engine, ids) =>
    engine.lens({ inspectionId: randomUUID(), ids, topK }, { signal }),
  );
}

/** @throws WorkbenchError as `tokens.neighbours` of the contract */
export async function nearestTokens(
  models: Models,
  { id, count }: { id: number; count: number },
  signal = new AbortController().signal,
): Promise<Neighbour[]> {
  const { engine, model } = await models.ready();
  const search = async function* () {
    yield* await engine.neighbours({ inspectionId: randomUUID(), id, count }, { signal });
  };
  let found: Neighbour[] | null = null;
  for await (const event of models.generating(search, model, signal)) {
    if (event.type === 'neighbours') found = event.neighbours;
  }
  if (found !== null) return found;
  throw new WorkbenchError('CANCELLED', 'The search for near tokens was cancelled.', { action: 'Start it again.' });
}

async function inspect<Event extends { type: string }>(
  models: Models,
  { source, firstTokens }: Inspected,
  signal: AbortSignal,
  ask: (engine: EngineClient, ids: number[]) => Promise<AsyncIterable<Event>>,
): Promise<AsyncGenerator<Event>> {
  if (source.kind === 'text' && source.text === '') {
    throw new WorkbenchError('PROMPT_EMPTY', 'The text is empty.', { action: 'Write something first.' });
  }
  const { engine, model } = await models.ready();
  const ids =
    source.kind === 'ids'
      ? source.ids
      : (await engine.encode({ text: source.text, addBos: true, controlTokens: 'parse' })).ids;
  models.checkFree(model);
  const shown = firstTokens === null ? ids : ids.slice(0, firstTokens);
  const look = async function* () {
    for await (const event of await ask(engine, shown)) {
      yield event.type === 'begin' ? { ...event, tokenCount: ids.length } : event;
    }
  };
  return models.generating(look, model, signal);
}
