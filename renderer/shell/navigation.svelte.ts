/**
 * Which pane is shown, which conversation, and which view of the Tokens pane. The fragment of the address holds it (`#chat/<id>`,
 * `#tokens/<view>`), so that a reloaded window comes back where it was.
 */
export const panes = ['chat', 'data', 'tokens', 'models', 'settings'] as const;
export type Pane = (typeof panes)[number];

/** In place of a conversation, whose ids are UUIDs. */
const sideBySidePart = 'side-by-side';

interface Place {
  pane: Pane;
  /** A conversation of the chat, a view of the tokens. */
  part: string | null;
}

/** A fragment that means nothing here leads to the chat. */
export function parsePlace(fragment: string): Place {
  const [name = '', id = ''] = fragment.replace(/^#/, '').split('/');
  const pane = panes.find((candidate) => candidate === name) ?? 'chat';
  return { pane, part: decodeId(id) };
}

/** `null` for none, and for what no `formatPlace` wrote. */
function decodeId(id: string): string | null {
  if (id === '') return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}

export function formatPlace({ pane, part }: Place): string {
  return part === null ? `#${pane}` : `#${pane}/${encodeURIComponent(part)}`;
}

export class Navigation {
  #pane = $state<Pane>('chat');
  #conversationId = $state<string | null>(null);
  #isSideBySide = $state(false);
  #tokenView = $state<string | null>(null);

  /** Reads the address; called once the token of the browser host is gone from it. */
  restore(fragment: string): void {
    const place = parsePlace(fragment);
    this.#pane = place.pane;
    this.#isSideBySide = place.pane === 'chat' && place.part === sideBySidePart;
    if (place.pane === 'chat' && !this.#isSideBySide) this.#conversationId = place.part;
    if (place.pane === 'tokens') this.#tokenView = place.part;
  }

  get pane(): Pane {
    return this.#pane;
  }

  /** `null` is a conversation that has not begun. */
  get conversationId(): string | null {
    return this.#conversationId;
  }

  /** The chat shows answers side by side, in place of a conversation. */
  get isSideBySide(): boolean {
    return this.#isSideBySide;
  }

  /** As it was written in the address: whether there is such a view, the pane knows. */
  get tokenView(): string | null {
    return this.#tokenView;
  }

  showTokenView(view: string): void {
    this.#tokenView = view;
    this.show('tokens');
  }

  show(pane: Pane): void {
    this.#pane = pane;
    this.#write();
  }

  showSideBySide(): void {
    this.#isSideBySide = true;
    this.show('chat');
  }

  openConversation(conversationId: string | null): void {
    this.#pane = 'chat';
    this.#isSideBySide = false;
    this.#conversationId = conversationId;
    this.#write();
  }

  #write(): void {
    const chat = this.#isSideBySide ? sideBySidePart : this.#conversationId;
    const parts = { chat, tokens: this.#tokenView } as Partial<Record<Pane, string | null>>;
    history.replaceState(null, '', formatPlace({ pane: this.#pane, part: parts[this.#pane] ?? null }));
  }
}
