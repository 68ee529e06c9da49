/** A job as the main side tells it, with what a test wants to be different. */
import type { ModelJob } from '../../../../main/contract/model-jobs.ts';
import type { ModelSummary } from '../../../../main/contract/models.ts';

export function aJob(change: Partial<ModelJob> = {}): ModelJob {
  return {
    id: 'a',
    request: { kind: 'get', repository: 'owner/name', revision: 'main', target: 'cpu', keepSource: false },
    state: 'running',
    step: 'convert',
    progress: { phase: 'convert', done: 25, total: 100, unit: 'bytes' },
    perSecond: 5,
    secondsLeft: 15,
    error: null,
    folder: '/data/models/owner/name/main',
    createdAt: 0,
    notes: [],
    verification: null,
    ...change,
  };
}

export function aModel(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    id: '/data/models/owner/name/main',
    name: 'owner/name@main',
    folder: '/data/models/owner/name/main',
    embedded: false,
    removable: true,
    origin: { repository: 'owner/name', revision: 'main', commit: 'c0ffee' },
    convertible: false,
    architecture: 'LlamaForCausalLM',
    contextLength: 1_024,
    vocabularySize: 100,
    layers: 2,
    hiddenSize: 8,
    files: [],
    problem: null,
    ...change,
  };
}
