/** Which model of this machine is the published one. */
import type { ModelSummary } from '../../../main/contract/models.ts';

/** Only one that can be loaded: weights that wait for their conversion are not it. */
export function installedModel(
  models: readonly ModelSummary[] | null,
  repository: string,
  revision: string,
): ModelSummary | null {
  const isIt = ({ origin, problem }: ModelSummary): boolean =>
    problem === null &&
    origin !== null &&
    origin.repository.toLowerCase() === repository.toLowerCase() &&
    (origin.revision === revision || origin.commit === revision);
  return models?.find(isIt) ?? null;
}
