/** Sampling values that the user set for this session; everything else follows the settings. */
import { defaultSampling, type Sampling } from '../../main/contract/sampling.ts';

export class SamplingOverride {
  readonly #defaults: () => Sampling | undefined;
  #changes = $state.raw<Partial<Sampling>>({});

  /** The values that the next message is sent with. */
  readonly effective: Sampling = $derived.by(() => ({ ...(this.#defaults() ?? defaultSampling), ...this.#changes }));

  constructor(defaults: () => Sampling | undefined) {
    this.#defaults = defaults;
  }

  /** Only what differs from the settings. */
  get changes(): Partial<Sampling> {
    return this.#changes;
  }

  get isChanged(): boolean {
    return Object.keys(this.#changes).length > 0;
  }

  /** A value that equals the setting is no change. */
  change(change: Partial<Sampling>): void {
    const defaults = this.#defaults() ?? defaultSampling;
    const changed = Object.entries({ ...this.#changes, ...change });
    this.#changes = Object.fromEntries(changed.filter(([name, value]) => defaults[name as keyof Sampling] !== value));
  }

  reset(): void {
    this.#changes = {};
  }
}
