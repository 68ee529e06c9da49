/**
 * What a config.json says about rotary positions: `rope_theta` and `rope_scaling`, or both inside `rope_parameters` as newer
 * versions of transformers write them. A scaling that is not known is refused by name.
 */
import { z } from 'zod';
import { ExportError } from '../export-error.ts';
import type { RotaryScaling } from '../operators/rotary-frequencies.ts';

const positive = z.number().positive();

export const rotaryParameters = z
  .object({
    rope_type: z.string().optional(),
    /** Its older name. */
    type: z.string().optional(),
    rope_theta: positive.optional(),
    factor: positive.optional(),
    low_freq_factor: positive.optional(),
    high_freq_factor: positive.optional(),
    original_max_position_embeddings: z.int().positive().optional(),
  })
  .loose();

export type RotaryParameters = z.infer<typeof rotaryParameters>;

/** Throws `config.unsupported` for a kind that is not known, `config.invalid` for a known one that lacks a number. */
export function rotaryScaling(parameters: RotaryParameters | null, contextLength: number): RotaryScaling {
  const kind = parameters?.rope_type ?? parameters?.type ?? 'default';
  const number = (field: 'factor' | 'low_freq_factor' | 'high_freq_factor' | 'original_max_position_embeddings') => {
    const value = parameters?.[field];
    if (value !== undefined) return value;
    throw new ExportError('config.invalid', `config.json: the rotary scaling "${kind}" lacks "${field}".`, {
      action: 'Use the config.json that was published with the weights.',
      details: { fields: [`rope_scaling.${field}`] },
    });
  };
  switch (kind) {
    case 'default':
      return { kind: 'none' };
    case 'linear':
      return { kind: 'linear', factor: number('factor') };
    case 'dynamic':
      return { kind: 'dynamic', factor: number('factor'), originalContext: contextLength };
    case 'llama3':
      return {
        kind: 'llama3',
        factor: number('factor'),
        lowFrequencyFactor: number('low_freq_factor'),
        highFrequencyFactor: number('high_freq_factor'),
        originalContext: number('original_max_position_embeddings'),
      };
    default:
      throw new ExportError(
        'config.unsupported',
        `config.json sets "rope_scaling" to ${JSON.stringify(parameters)}, which cannot be exported yet.`,
        {
          action: 'Choose a model without rotary scaling, or with the kinds linear, dynamic or llama3.',
          details: { field: 'rope_scaling', value: JSON.stringify(parameters) },
        },
      );
  }
}
