/**
 * One hash of everything that decides the bytes of an export, the states of the source files included: an interrupted run is gone
 * on with only under the same one.
 */
import { createHash } from 'node:crypto';
import { exporterVersion } from '../exporter-version.ts';
import type { SourceIdentity } from '../safetensors/byte-source.ts';
import type { VariantPlan } from '../plan-variant.ts';
import type { SourceOrigin } from './workbench-file.ts';

export interface ResumeKeyOptions {
  readonly config: Readonly<Record<string, unknown>>;
  readonly copies: ReadonlyMap<string, Uint8Array>;
  readonly plans: readonly VariantPlan[];
  readonly weights: ReadonlyMap<string, SourceIdentity>;
  readonly origin: SourceOrigin | null;
  readonly revision: string | null;
  readonly inputMoments: ReadonlyMap<string, Float32Array> | undefined;
  /** The token ids that an int8 cache is calibrated with; none where there is none. */
  readonly sequences: readonly (readonly number[])[];
}

export function resumeKey({
  config,
  copies,
  plans,
  weights,
  origin,
  revision,
  inputMoments,
  sequences,
}: ResumeKeyOptions): string {
  // A folder that is its own source gets this field at the end of the export itself.
  const { 'transformers.js_config': _, ...published } = config;
  const hash = createHash('sha256');
  const add = (value: unknown) => hash.update(`${JSON.stringify(value)}\n`);
  add({ exporterVersion, published, origin, revision, weights: [...weights] });
  for (const [name, bytes] of copies) add([name, createHash('sha256').update(bytes).digest('hex')]);
  for (const { variant, model } of plans) add([variant, createHash('sha256').update(model).digest('hex')]);
  for (const [matrix, moments] of inputMoments ?? []) {
    add(matrix);
    hash.update(new Uint8Array(moments.buffer, moments.byteOffset, moments.byteLength));
  }
  if (sequences.length > 0) add({ sequences });
  return hash.digest('hex');
}
