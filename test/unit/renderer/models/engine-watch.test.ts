import { expect, it, vi } from 'vitest';
import type { EngineStatus } from '../../../../main/contract/models.ts';
import type { Connection } from '../../../../renderer/connection/connection.ts';
import { EngineWatch } from '../../../../renderer/models/engine-watch.svelte.ts';

/** A status of which only what the watch reads is there. */
function status(model: { folder: string; file: string; tokenizerHash: string } | null): EngineStatus {
  return { state: model === null ? 'loading' : 'ready', restarts: 0, error: null, model } as EngineStatus;
}

const demo = { folder: '/demo', file: 'model.onnx', tokenizerHash: 'small' };
const lucie = { folder: '/lucie', file: 'model.onnx', tokenizerHash: 'large' };

it('tells of a model with another tokenizer, although none is loaded between the two', async () => {
  const statuses = [status(demo), status(null), status(lucie), status(null), status({ ...lucie, folder: '/instruct' })];
  const ending = new AbortController();
  const watch = async function* () {
    yield* statuses;
    ending.abort();
  };
  const connection = {
    client: { models: { watch } },
    whenOpen: async () => {},
    onState: () => () => {},
  } as unknown as Connection;
  const changed = vi.fn();
  const engine = new EngineWatch(connection, changed);
  await engine.run(ending.signal);
  expect(changed).toHaveBeenCalledTimes(2);
  expect(engine.modelPath).toBe('/instruct/model.onnx');
});
