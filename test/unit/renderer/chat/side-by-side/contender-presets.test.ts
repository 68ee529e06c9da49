import { describe, expect, it } from 'vitest';
import type { Family, FamilyMember } from '../../../../../main/contract/model-family.ts';
import type { ModelSummary } from '../../../../../main/contract/models.ts';
import { letterOf, loadsOf } from '../../../../../renderer/chat/side-by-side/contender-facts.ts';
import { contender, presetsFor } from '../../../../../renderer/chat/side-by-side/contender-presets.ts';

function model(id: string, bits: number | null, repository: string | null = null, revision = 'main'): ModelSummary {
  return {
    ...{ id, name: id, folder: `/models/${id}`, embedded: false, removable: false, convertible: false, problem: null },
    ...{ architecture: 'LlamaForCausalLM', contextLength: 64, vocabularySize: 10, layers: 2, hiddenSize: 8 },
    origin: repository === null ? null : { repository, revision, commit: null },
    files: [
      {
        name: 'onnx/model.onnx',
        byteLength: 1,
        quantisation: bits === null ? null : { bits, blockSize: 32, keyValueCache: 'float32', relativeError: null },
      },
    ],
  };
}

function member(id: FamilyMember['id'], repository: string, revisions: FamilyMember['revisions']): FamilyMember {
  const bytes = { cpu: 1, gpu: 1, both: 1 };
  const size = { parameterCount: 1, sourceBytes: 1, outputBytes: bytes, cacheBytesPerToken: { cpu: 1, gpu: 1 } };
  return { id, repository, revisions, licence: 'apache-2.0', ...size };
}

const phase = (name: string, of: 'main' | 'annealing' | 'instruct') => ({
  ...{ name, phase: of, steps: null, contextLength: 64 },
});
const family: Family = {
  machine: { freeBytes: 1, memoryBytes: 1, suggestedTarget: 'cpu' },
  members: [
    member('instruct-v1.1', 'Org/Instruct-v1.1', [phase('main', 'instruct')]),
    member('instruct-human-data', 'Org/Human', [phase('main', 'instruct')]),
    member('base', 'Org/Base', [phase('main', 'annealing')]),
    member('checkpoints', 'Org/Base', [phase('step-2', 'main'), phase('step-1', 'main')]),
  ],
};

const namesOf = (models: ModelSummary[], temperature = 0.6) =>
  Object.fromEntries(
    presetsFor({ models, family, temperature }).map(({ id, contenders }) => [
      id,
      contenders.map(({ modelId, mode, sampling }) => [modelId, mode, sampling.temperature]),
    ]),
  );

describe('presetsFor', () => {
  it('offers settings of one model anywhere, a draw also where the settings are greedy', () => {
    expect(Object.keys(namesOf([]))).toEqual(['greedy-sampled', 'temperatures']);
    expect(namesOf([], 0)['greedy-sampled']).toEqual([
      [null, 'chat', 0],
      [null, 'chat', 0.6],
    ]);
    expect(namesOf([], 1.2)['greedy-sampled']?.[1]).toEqual([null, 'chat', 1.2]);
    expect(presetsFor({ models: null, family: null, temperature: 1 })).toHaveLength(2);
  });

  it('sets few bits against many of the same weights only', () => {
    const published = [model('a32', 32, 'org/a'), model('b4', 4, 'Org/B'), model('a4', 4, 'Org/A')];
    expect(namesOf(published)['precision']).toEqual([
      ['a4', 'chat', 0],
      ['a32', 'chat', 0],
    ]);
    expect(namesOf([model('a', 4, 'Org/A'), model('b', 32, 'Org/B')])).not.toHaveProperty('precision');
    expect(namesOf([model('a', 4), model('b', null)])).not.toHaveProperty('precision');
    expect(namesOf([model('a', 4), model('b', 32)])['precision']).toHaveLength(2);
  });

  it('finds the published models that are here, and none that is broken', () => {
    const models = [
      model('v1.1', 4, 'Org/Instruct-v1.1'),
      model('human', 4, 'org/human'),
      model('base', 4, 'Org/Base'),
      model('step', 4, 'Org/Base', 'step-1'),
    ];
    const found = namesOf(models);
    expect(found['instruct']?.map(([id]) => id)).toEqual(['v1.1', 'human']);
    expect(found['phases']).toEqual([
      ['base', 'text', 0],
      ['step', 'text', 0],
    ]);
    const problem = { code: 'MODEL_FILE_CORRUPT', message: '', action: '', details: {} } as const;
    const broken = models.map((one) => (one.id === 'human' || one.id === 'step' ? { ...one, problem } : one));
    expect(namesOf(broken)).not.toHaveProperty('instruct');
    expect(namesOf(broken)).not.toHaveProperty('phases');
  });
});

describe('contenders', () => {
  it('are called by letters, and cost a load for each model that is not loaded', () => {
    expect([0, 5].map(letterOf)).toEqual(['A', 'F']);
    const all = [contender(null, 0), contender('a', 0), contender('b', 0), contender('b', 1)];
    expect(loadsOf(all, 'a')).toBe(1);
    expect(loadsOf(all, null)).toBe(2);
    expect(loadsOf([contender(null, 0), contender('a', 1)], 'a')).toBe(0);
  });
});
