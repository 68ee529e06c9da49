/** What ONNX Runtime throws in mid-answer or while a model is proved, seen by whoever asked the engine. */
import { afterEach, expect, it, vi } from 'vitest';
import { Engine } from '../../../main/engine/engine.ts';
import { LanguageModel } from '../../../main/engine/language-model.ts';
import { answer, demoFolder, greedy } from './demo-models.ts';

const outOfMemory = 'BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 939524096';

afterEach(() => void vi.restoreAllMocks());

it('is typed in an answer, which ends there; the next answer is the same as before', async () => {
  const engine = new Engine();
  await engine.load(demoFolder, 'auto');
  const { ids } = await engine.encodeChat([{ role: 'user', text: 'Qui es-tu ?' }], true);
  const before = await answer(engine, ids, greedy, undefined, false);
  for (const [message, code] of [
    [outOfMemory, 'OUT_OF_MEMORY'],
    ['WebGPU device lost (2): Device was destroyed.', 'DEVICE_LOST'],
    ['matmul_helper.h dimension mismatch', undefined],
  ] as const) {
    const feed = vi.spyOn(LanguageModel.prototype, 'feed');
    const error: unknown = await answer(engine, ids, greedy, (event) => {
      if (event.type === 'token') feed.mockRejectedValueOnce(new Error(message));
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(code === undefined ? { message } : { code, details: { reason: message } });
    vi.restoreAllMocks();
    expect((await answer(engine, ids, greedy, undefined, false)).ids).toEqual(before.ids);
  }
});

it('is typed at loading too, and not called a damaged file', async () => {
  vi.spyOn(LanguageModel.prototype, 'feed').mockRejectedValue(new Error(outOfMemory));
  await expect(new Engine().load(demoFolder, 'auto')).rejects.toMatchObject({
    code: 'OUT_OF_MEMORY',
    cause: { code: 'MODEL_FILE_CORRUPT' },
  });
});
