/**
 * Which pane and which conversation are shown. The fragment of the address holds it (`#chat/<id>`), so that a reloaded
 * window comes back where it was.
 */
export const panes = ['chat', 'data', 'tokens', 'models', 'settings'] as const;
export type Pane = (typeof panes)[number];

interface Place {
  pane: Pane;
  conversationId: string | null;
}

/** A fragment that means nothing here leads to the chat. */
export function parsePlace(fragment: string): Place {
  const [name = '', id = ''] = fragment.replace(/^#/, '').split('/');
  const pane = panes.find((candidate) => candidate === name) ?? 'chat';
  return { pane, conversationId: decodeId(id) };
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

export function formatPlace({ pane, conversationId }: Place): string {
  return conversationId === null ? `#${pane}` : `#${pane}/${encodeURIComponent(conversationId)}`;
}

export class Navigation {
  #pane = $state<Pane>('chat');
  #conversationId = $state<string | null>(null);

  /** Reads the address; called once the token of the browser host is gone from it. */
  restore(fragment: string): void {
    const place = parsePlace(fragment);
    this.#pane = place.pane;
    this.#conversationId = place.conversationId;
  }

  get pane(): Pane {
    return this.#pane;
  }

  /** `null` is a conversation that has not begun. */
  get conversationId(): string | null {
    return this.#conversationId;
  }

  show(pane: Pane): void {
    this.#pane = pane;
    this.#write();
  }

  openConversation(conversationId: string | null): void {
    this.#pane = 'chat';
    this.#conversationId = conversationId;
    this.#write();
  }

  #write(): void {
    const place = formatPlace({ pane: this.#pane, conversationId: this.#conversationId });
    history.replaceState(null, '', place);
  }
}
