/** Comparisons that are often wanted, as far as the models of this machine allow them. */
import type { Family } from '../../../main/contract/model-family.ts';
import type { ModelSummary } from '../../../main/contract/models.ts';
import { mostContenders, type Contender } from '../../../main/contract/side-by-side.ts';
import { installedModel } from '../../models/family/installed-model.ts';

export type PresetId = 'greedy-sampled' | 'temperatures' | 'precision' | 'instruct' | 'phases';

export interface Preset {
  id: PresetId;
  contenders: Contender[];
}

const published = 0.6;

export interface PresetSources {
  models: readonly ModelSummary[] | null;
  family: Family | null;
  /** What the settings have. */
  temperature: number;
}

export function presetsFor({ models, family, temperature }: PresetSources): Preset[] {
  const usable = models?.filter(({ problem }) => problem === null) ?? [];
  const sampled = temperature > 0 ? temperature : published;
  const presets: Preset[] = [
    { id: 'greedy-sampled', contenders: [0, sampled].map((value) => contender(null, value)) },
    { id: 'temperatures', contenders: [0, published, 1].map((value) => contender(null, value)) },
    { id: 'precision', contenders: precisions(usable) },
    { id: 'instruct', contenders: instructModels(usable, family) },
    { id: 'phases', contenders: phases(usable, family) },
  ];
  return presets.filter(({ contenders }) => contenders.length > 1);
}

export function contender(modelId: string | null, temperature: number, mode: Contender['mode'] = 'chat'): Contender {
  return { modelId, mode, systemPrompt: '', sampling: { temperature } };
}

/** The same weights with few and with many bits: of the first model that is there in both. */
function precisions(models: readonly ModelSummary[]): Contender[] {
  const bits = ({ files }: ModelSummary) =>
    Math.min(...files.map(({ quantisation }) => quantisation?.bits ?? Infinity));
  const known = models.filter((model) => Number.isFinite(bits(model))).toSorted((a, b) => bits(a) - bits(b));
  for (const [at, few] of known.entries()) {
    const many = known
      .slice(at + 1)
      .findLast((model) => weightsOf(model) === weightsOf(few) && bits(model) > bits(few));
    if (many !== undefined) return [few, many].map(({ id }) => contender(id, 0));
  }
  return [];
}

/** What is published tells its source; of anything else only the shape can be compared. */
function weightsOf({ origin, architecture, layers, hiddenSize, vocabularySize }: ModelSummary): string {
  if (origin !== null) return `${origin.repository}@${origin.commit ?? origin.revision}`.toLowerCase();
  return [architecture, layers, hiddenSize, vocabularySize].join(' ');
}

function instructModels(models: readonly ModelSummary[], family: Family | null): Contender[] {
  return revisions(family)
    .filter(({ phase }) => phase === 'instruct')
    .flatMap(({ repository, name }) => installedModel(models, repository, name)?.id ?? [])
    .slice(0, mostContenders)
    .map((id) => contender(id, 0));
}

/** The end of the training, and the newest checkpoint of its main phase that is here. Base models continue a text. */
function phases(models: readonly ModelSummary[], family: Family | null): Contender[] {
  const here = (phase: 'annealing' | 'main') =>
    revisions(family)
      .filter((revision) => revision.phase === phase)
      .flatMap(({ repository, name }) => installedModel(models, repository, name)?.id ?? [])
      .slice(0, 1);
  const [annealed, main] = [here('annealing'), here('main')];
  return annealed.length === 0 || main.length === 0 ? [] : [...annealed, ...main].map((id) => contender(id, 0, 'text'));
}

function revisions(family: Family | null) {
  return (
    family?.members.flatMap((member) => member.revisions.map((of) => ({ ...of, repository: member.repository }))) ?? []
  );
}
