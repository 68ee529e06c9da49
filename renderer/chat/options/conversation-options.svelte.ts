/**
 * The options of the open conversation: mode, system prompt, sampling and its preset. The main side keeps them with the conversation; those
 * of one that has not begun are kept here until it is created with them. A change is shown at once and stored after a pause.
 */
import type { Conversation, ConversationMode, ConversationOptions } from '../../../main/contract/chat.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { defaultSampling, type Sampling } from '../../../main/contract/sampling.ts';
import type { SamplingPreset } from '../../../main/contract/sampling-presets.ts';
import type { Connection } from '../../connection/connection.ts';
import { toErrorReport } from '../../rpc.ts';
import { isModified, presetValues } from '../../sampling/presets.ts';

const PAUSE_MS = 400;
const KEY = 'lucie-new-conversation';

export const usualOptions: ConversationOptions = { mode: 'chat', systemPrompt: '', sampling: {}, preset: null };

interface Surroundings {
  conversation: () => Pick<Conversation, 'id' | 'options'> | null;
  /** `null` is a conversation that has not begun; others may still be on their way. */
  conversationId: () => string | null;
  defaults: () => Sampling | undefined;
  presets: () => readonly SamplingPreset[];
}

export class ConversationOptionsState {
  readonly #connection: Connection;
  readonly #around: Surroundings;
  readonly #storage: Storage;
  #fresh = $state.raw<ConversationOptions>(usualOptions);
  /** Of one conversation, not stored yet. */
  #unstored = $state.raw<{ id: string; change: Partial<ConversationOptions> } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #error = $state.raw<ErrorReport | null>(null);

  readonly current: ConversationOptions = $derived.by(() => {
    const id = this.#around.conversationId();
    if (id === null) return this.#fresh;
    const conversation = this.#around.conversation();
    const stored = conversation?.id === id ? conversation.options : usualOptions;
    return this.#unstored?.id === id ? { ...stored, ...this.#unstored.change } : stored;
  });

  /** The values that the next answer is made with. */
  readonly effective: Sampling = $derived.by(() => ({ ...this.#defaults, ...defined(this.current.sampling) }));

  /** Whether a value differs from those of the preset that was chosen last. */
  readonly isModified: boolean = $derived.by(() =>
    isModified(this.effective, presetValues(this.current.preset, this.#around.presets())),
  );

  constructor(connection: Connection, around: Surroundings, storage: Storage) {
    this.#connection = connection;
    this.#around = around;
    this.#storage = storage;
    this.#fresh = parseOptions(storage.getItem(KEY));
  }

  /** Whether the sampling is another than the settings'. */
  get isChanged(): boolean {
    return isModified(this.effective, this.#defaults);
  }

  /** What a new conversation is created with. */
  get fresh(): ConversationOptions {
    return this.#fresh;
  }

  /** Why the last change was not stored. */
  get error(): ErrorReport | null {
    return this.#error;
  }

  setMode(mode: ConversationMode): void {
    this.#change({ mode });
  }

  writeSystemPrompt(systemPrompt: string): void {
    this.#change({ systemPrompt });
  }

  changeSampling(change: Partial<Sampling>): void {
    this.#change({ sampling: { ...this.current.sampling, ...change } });
  }

  /** Takes the values of a preset over; what it does not set (seed, stop strings, …) stays. */
  usePreset(id: string): void {
    const values = presetValues(id, this.#around.presets());
    if (values !== null) this.#change({ preset: id, sampling: { ...this.current.sampling, ...values } });
  }

  /** The values stay and have a name from now on, or another one. */
  namePreset(preset: string | null): void {
    this.#change({ preset });
  }

  /** Back to the settings. */
  resetSampling(): void {
    this.#change({ sampling: {}, preset: null });
  }

  /** The next new conversation begins as usual. */
  begun(): void {
    this.#keepFresh(usualOptions);
  }

  /** Stores at once what waits for a pause: what is sent next is answered with it. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const unstored = this.#unstored;
    if (unstored === null) return;
    try {
      await this.#connection.client.chat.configure({ conversationId: unstored.id, options: unstored.change });
      this.#error = null;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
    } finally {
      if (this.#unstored === unstored) this.#unstored = null;
    }
  }

  get #defaults(): Sampling {
    return this.#around.defaults() ?? defaultSampling;
  }

  #change(change: Partial<ConversationOptions>): void {
    const id = this.#around.conversationId();
    if (id === null) return this.#keepFresh({ ...this.#fresh, ...change });
    if (this.#unstored !== null && this.#unstored.id !== id) void this.flush();
    const before = this.#unstored?.id === id ? this.#unstored.change : {};
    this.#unstored = { id, change: { ...before, ...change } };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
  }

  #keepFresh(options: ConversationOptions): void {
    this.#fresh = options;
    try {
      this.#storage.setItem(KEY, JSON.stringify(options));
    } catch {
      this.#storage.removeItem(KEY); // Too large for a page's memory: it stays in the window.
    }
  }
}

function defined(sampling: ConversationOptions['sampling']): Partial<Sampling> {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}

/** What cannot be read counts as none: it is this page's own memory. */
function parseOptions(stored: string | null): ConversationOptions {
  try {
    return { ...usualOptions, ...(JSON.parse(stored ?? '{}') as Partial<ConversationOptions>) };
  } catch {
    return usualOptions;
  }
}
