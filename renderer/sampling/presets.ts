/** Presets by the id that a conversation remembers: the workbench's own (`:greedy`) and the user's, by name. */
import { builtInPresets, isBuiltInPreset, type SamplingPreset } from '../../main/contract/sampling-presets.ts';
import type { Sampling } from '../../main/contract/sampling.ts';

export type PresetValues = Partial<Sampling>;

/** `null` where there is no such preset (any more). */
export function presetValues(id: string | null, own: readonly SamplingPreset[]): PresetValues | null {
  if (id === null) return null;
  if (isBuiltInPreset(id)) return builtInPresets[id];
  const values = own.find(({ name }) => name === id)?.values;
  return values === undefined ? null : definedValues(values);
}

/** Whether a value that `expected` sets is another one now. */
export function isModified(effective: Sampling, expected: PresetValues | null): boolean {
  return Object.entries(expected ?? {}).some(([name, value]) => !isSame(effective[name as keyof Sampling], value));
}

/** What is kept under a name: all but the seed, which belongs to one answer. */
export function valuesToKeep({ seed: _, ...values }: Sampling): PresetValues {
  return values;
}

/** The list with one more preset, or with this one in the place of the one with its name. */
export function withPreset(own: readonly SamplingPreset[], preset: SamplingPreset): SamplingPreset[] {
  const others = own.filter(({ name }) => name !== preset.name);
  return [...others, preset].sort((a, b) => a.name.localeCompare(b.name));
}

/** A name that can be given: not empty, not one of the workbench's, not another's. */
export function isFreeName(name: string, own: readonly SamplingPreset[]): boolean {
  const trimmed = name.trim();
  return (
    trimmed !== '' && trimmed.length <= 100 && !trimmed.startsWith(':') && !own.some((one) => one.name === trimmed)
  );
}

function definedValues(values: SamplingPreset['values']): PresetValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Values are numbers, lists and plain objects; the order of the biases makes no difference. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
}
