/**
 * What is written and not sent, by conversation. The main side keeps it, so that it outlives the window and a crash; a pause in typing
 * stores it, and so does leaving the page. Where two windows write, the last is right.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Attachment } from '../../main/contract/chat.ts';
import { emptyDraft, lengthOf, longestDraftFiles, type Draft } from '../../main/contract/drafts.ts';
import type { Connection } from '../connection/connection.ts';
import { toErrorReport } from '../rpc.ts';
import { freeName } from './attachments/free-name.ts';

const PAUSE_MS = 400;
const NOT_BEGUN = '';

/** What of a draft is not stored yet. */
interface Pending {
  timer: ReturnType<typeof setTimeout>;
  withFiles: boolean;
}

export class Drafts {
  readonly #connection: Connection;
  readonly #drafts = new SvelteMap<string, Draft>();
  /* eslint-disable svelte/prefer-svelte-reactivity -- what nothing on the screen depends on */
  readonly #read = new Set<string>();
  readonly #pending = new Map<string, Pending>();
  /* eslint-enable svelte/prefer-svelte-reactivity */

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  of(conversationId: string | null): string {
    return this.draft(conversationId).text;
  }

  draft(conversationId: string | null): Draft {
    return this.#drafts.get(conversationId ?? NOT_BEGUN) ?? emptyDraft;
  }

  /** Reads what is stored, unless there is something newer here. What was written before it came is put behind it. */
  async open(conversationId: string | null): Promise<void> {
    const id = conversationId ?? NOT_BEGUN;
    let stored: Draft;
    try {
      stored = await this.#connection.client.drafts.read({ conversationId });
    } catch {
      return; // The line is down: it is read when it is back.
    }
    const isFirst = !this.#read.has(id);
    this.#read.add(id);
    if (!this.#pending.has(id)) this.#drafts.set(id, stored);
    else if (isFirst) this.#change(conversationId, joined(stored, this.draft(conversationId)), true);
  }

  write(conversationId: string | null, text: string): void {
    this.#change(conversationId, { ...this.draft(conversationId), text }, false);
  }

  writePrefill(conversationId: string | null, prefill: string): void {
    this.#change(conversationId, { ...this.draft(conversationId), prefill }, false);
  }

  /** Returns whether there was room for it. */
  attach(conversationId: string | null, { name, text }: Attachment): boolean {
    const draft = this.draft(conversationId);
    if (lengthOf(draft.attachments) + text.length > longestDraftFiles || draft.attachments.length >= 64) return false;
    const taken = draft.attachments.map((attachment) => attachment.name);
    const attachments = [...draft.attachments, { name: freeName(name, taken), text }];
    this.#change(conversationId, { ...draft, attachments }, true);
    return true;
  }

  detach(conversationId: string | null, index: number): void {
    const draft = this.draft(conversationId);
    this.#change(conversationId, { ...draft, attachments: draft.attachments.toSpliced(index, 1) }, true);
  }

  /** Takes away what was sent; what was written in the meantime belongs to the next message. */
  sent(conversationId: string | null, sent: Draft): void {
    const now = this.draft(conversationId);
    const text = now.text.startsWith(sent.text) ? now.text.slice(sent.text.length).trimStart() : now.text;
    const attachments = now.attachments.filter((attachment) => !sent.attachments.includes(attachment));
    const prefill = now.prefill === sent.prefill ? '' : now.prefill;
    this.#change(conversationId, { text, prefill, attachments }, true);
    this.flush();
  }

  /** Stores at once what waits for a pause. */
  flush(): void {
    for (const id of [...this.#pending.keys()]) void this.#store(id);
  }

  #change(conversationId: string | null, draft: Draft, withFiles: boolean): void {
    const id = conversationId ?? NOT_BEGUN;
    this.#drafts.set(id, draft);
    this.#later(id, withFiles);
  }

  #later(id: string, withFiles: boolean): void {
    const before = this.#pending.get(id);
    clearTimeout(before?.timer);
    const timer = setTimeout(() => void this.#store(id), PAUSE_MS);
    this.#pending.set(id, { timer, withFiles: withFiles || (before?.withFiles ?? false) });
  }

  async #store(id: string): Promise<void> {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    this.#pending.delete(id);
    const conversationId = id === NOT_BEGUN ? null : id;
    const { text, prefill, attachments } = this.draft(conversationId);
    const files = pending.withFiles ? { attachments } : {};
    try {
      await this.#connection.client.drafts.write({ conversationId, text, prefill, ...files });
    } catch (thrown) {
      // The line is down: what is there then is stored when it is back. Of a conversation that was deleted nothing is kept.
      if (toErrorReport(thrown).code === 'CONNECTION_LOST') this.#later(id, pending.withFiles);
    }
  }
}

function joined(stored: Draft, written: Draft): Draft {
  const parts = [stored.text, written.text].filter((text) => text !== '');
  return {
    text: parts.join('\n\n'),
    prefill: written.prefill === '' ? stored.prefill : written.prefill,
    attachments: [...stored.attachments, ...written.attachments],
  };
}
