/** The comparison that is being put together: the prompt and the contenders. It outlives a reload of the window. */
import { z } from 'zod';
import {
  contenderSchema,
  fewestContenders,
  mostContenders,
  type Contender,
} from '../../../main/contract/side-by-side.ts';

const KEY = 'lucie-side-by-side';
const storedSchema = z.object({ text: z.string(), contenders: z.array(contenderSchema) });

export class WishedRun {
  readonly #storage: Storage;
  #text = $state('');
  #contenders = $state.raw<readonly Contender[]>([loaded(0), loaded(0.6)]);

  readonly canAdd: boolean = $derived.by(() => this.#contenders.length < mostContenders);
  readonly canRemove: boolean = $derived.by(() => this.#contenders.length > fewestContenders);

  constructor(storage: Storage) {
    this.#storage = storage;
    const stored = parseStored(storage.getItem(KEY));
    if (stored === null) return;
    this.#text = stored.text;
    if (stored.contenders.length >= fewestContenders) this.#contenders = stored.contenders.slice(0, mostContenders);
  }

  get text(): string {
    return this.#text;
  }

  get contenders(): readonly Contender[] {
    return this.#contenders;
  }

  write(text: string): void {
    this.#text = text;
    this.#keep();
  }

  use(contenders: readonly Contender[]): void {
    this.#contenders = contenders;
    this.#keep();
  }

  /** The new one is like the last, to be changed from there. */
  add(): void {
    if (this.canAdd) this.use([...this.#contenders, this.#contenders.at(-1) ?? loaded(0)]);
  }

  change(position: number, change: Partial<Contender>): void {
    this.use(this.#contenders.map((contender, at) => (at === position ? { ...contender, ...change } : contender)));
  }

  remove(position: number): void {
    if (this.canRemove) this.use(this.#contenders.filter((_, at) => at !== position));
  }

  /** A prompt that is too long to be kept stays in the window. */
  #keep(): void {
    try {
      this.#storage.setItem(KEY, JSON.stringify({ text: this.#text, contenders: this.#contenders }));
    } catch {
      this.#storage.removeItem(KEY);
    }
  }
}

function loaded(temperature: number): Contender {
  return { modelId: null, mode: 'chat', systemPrompt: '', sampling: { temperature } };
}

function parseStored(stored: string | null): z.infer<typeof storedSchema> | null {
  try {
    return stored === null ? null : storedSchema.parse(JSON.parse(stored));
  } catch {
    return null; // Of an earlier version, or not ours: begun anew.
  }
}
