/**
 * Lucie's phase checkpoints are revisions of one repository, and all of them carry the config.json of the main phase (theta 5e5,
 * context 4,096). Those of the context extension were trained with theta 2e7 over 32,000 positions, which is put right here; the
 * main phase (`stepNNNNNNN`) and the final model (`main`) say what they are.
 * Source: OpenLLM-France/Lucie-Training, its configuration of the extension phase and its upload script.
 */
export interface ConfigOverride {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly reason: string;
}

const extension = { rope_theta: 2e7, max_position_embeddings: 32_000 } as const;

export function overrideForPhase(
  config: Readonly<Record<string, unknown>>,
  revision: string | null,
): { readonly config: Record<string, unknown>; readonly overrides: readonly ConfigOverride[] } {
  const isExtension = config['model_type'] === 'llama' && /^extension_step\d+$/.test(revision ?? '');
  const overrides = Object.entries(isExtension ? extension : {})
    .filter(([field, to]) => config[field] !== to)
    .map(([field, to]) => ({
      field,
      from: config[field] ?? null,
      to,
      reason: `The revision ${revision} belongs to the context extension, which was trained with ${field} ${to}; its config.json is the main phase's.`,
    }));
  return { config: { ...config, ...Object.fromEntries(overrides.map(({ field, to }) => [field, to])) }, overrides };
}
