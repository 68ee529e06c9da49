import { describe, expect, it } from 'vitest';
import { overrideForPhase } from '../../../../native-models/architectures/phase-override.ts';

const template = { model_type: 'llama', rope_theta: 5e5, max_position_embeddings: 4096, hidden_size: 4096 };

describe('overrideForPhase', () => {
  it('gives the checkpoints of the context extension what they were trained with, and says so', () => {
    const { config, overrides } = overrideForPhase(template, 'extension_step0000500');
    expect(config).toEqual({ ...template, rope_theta: 2e7, max_position_embeddings: 32_000 });
    expect(overrides).toMatchObject([
      { field: 'rope_theta', from: 5e5, to: 2e7 },
      { field: 'max_position_embeddings', from: 4096, to: 32_000 },
    ]);
    expect(overrides[0]?.reason).toContain('extension_step0000500');
  });

  it('leaves alone what the file already says', () => {
    const right = { ...template, rope_theta: 2e7, max_position_embeddings: 32_000 };
    expect(overrideForPhase(right, 'extension_step0001220')).toEqual({ config: right, overrides: [] });
    const half = overrideForPhase({ ...template, rope_theta: 2e7 }, 'extension_step0001220');
    expect(half.overrides.map(({ field }) => field)).toEqual(['max_position_embeddings']);
  });

  it.each(['main', 'step0753851', 'step0005000', 'my_extension_step0000500', 'extension_stepped', null])(
    'takes the revision %s as it is',
    (revision) => {
      expect(overrideForPhase(template, revision)).toEqual({ config: template, overrides: [] });
    },
  );
});
