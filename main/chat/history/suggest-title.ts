/** Asks the model that is loaded for a title of a conversation. Nothing is stored, and the conversation's own cache is not told. */
import { randomUUID } from 'node:crypto';
import type { Message } from '../../contract/chat.ts';
import { WorkbenchError } from '../../contract/errors.ts';
import { defaultSampling, type Sampling } from '../../contract/sampling.ts';
import type { ModelService } from '../../models/index.ts';
import { cleanTitle, titleTurns } from './title-prompt.ts';

/** Greedy: the same conversation has the same title. Ends with the line. */
const sampling: Sampling = { ...defaultSampling, temperature: 0, maxTokens: 24, stopStrings: ['\n'] };

export type TitleModels = Pick<ModelService, 'loaded' | 'generating' | 'checkFree' | 'cancel'>;

/**
 * `null` where what it wrote is no title.
 * @throws WorkbenchError `MODEL_NOT_LOADED`, `ENGINE_BUSY`, `PROMPT_EMPTY`, and what a generation fails with
 */
export async function suggestTitle(
  models: TitleModels,
  branch: readonly Message[],
  signal: AbortSignal,
): Promise<string | null> {
  if (!branch.some(({ text }) => text.trim() !== '')) {
    throw new WorkbenchError('PROMPT_EMPTY', 'This conversation has no text yet.', {
      action: 'Write something first.',
    });
  }
  models.checkFree();
  const target = models.loaded();
  if (target === null) {
    throw new WorkbenchError('MODEL_NOT_LOADED', 'No model is loaded that could propose a title.', {
      action: 'Load one, or write the title yourself.',
    });
  }
  const { engine, model } = target;
  const { ids: promptIds } = await engine.encodeChat({ turns: titleTurns(branch), addGenerationPrompt: true });
  signal.throwIfAborted();
  const generationId = randomUUID();
  const generate = async function* () {
    yield* await engine.generate({ generationId, promptIds, sampling });
  };
  // The caller may have left; the engine then ends what it does, and nothing is to be told.
  const stop = () => void models.cancel(engine, generationId).catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    let written = '';
    for await (const event of models.generating(generate, model, signal)) {
      if (event.type === 'token') written += event.token.text;
      if (event.type === 'end') written += event.tail;
    }
    signal.throwIfAborted();
    return cleanTitle(written);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
