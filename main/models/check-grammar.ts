/** Compiles a grammar for the vocabulary of the model that is loaded, and throws it away: what is wrong with it is the error. */
import type { Grammar } from '../contract/sampling.ts';
import type { ModelService } from './model-service.ts';

/** @throws WorkbenchError `GRAMMAR_INVALID` */
export async function checkGrammar(
  models: Pick<ModelService, 'loaded'>,
  grammar: Grammar,
): Promise<{ isChecked: boolean }> {
  const target = models.loaded();
  if (target === null) return { isChecked: false };
  await target.engine.checkGrammar({ grammar });
  return { isChecked: true };
}
