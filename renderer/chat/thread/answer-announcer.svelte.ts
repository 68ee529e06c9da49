/**
 * What a screen reader is told of the open conversation, in whole sentences: that an answer is being written, how it ended, and on demand
 * its text. The text itself, which grows token by token, is no live region. What broke off says so in its own place.
 */
import type { Conversation, Message } from '../../../main/contract/chat.ts';

export type Announcement =
  | { kind: 'none' }
  | { kind: 'answering' }
  | { kind: 'answered'; tokens: number }
  | { kind: 'stopped' }
  | { kind: 'text'; text: string };

export class AnswerAnnouncer {
  /** The answer that was seen being written: one that was there from the start has nothing to tell. */
  #followed: string | null = null;
  #announcement = $state.raw<Announcement>({ kind: 'none' });

  get announcement(): Announcement {
    return this.#announcement;
  }

  heard(conversation: Conversation | null): void {
    const messages = conversation?.messages ?? [];
    const streaming = messages.findLast(({ status }) => status === 'streaming');
    if (streaming !== undefined) {
      if (streaming.id !== this.#followed) this.#announcement = { kind: 'answering' };
      this.#followed = streaming.id;
      return;
    }
    if (this.#followed === null) return;
    const ended = messages.find(({ id }) => id === this.#followed);
    this.#followed = null;
    this.#announcement = ended === undefined ? { kind: 'none' } : announcementOf(ended);
  }

  /** A live region says what changes: the same text again differs by a space. */
  read(text: string): void {
    const isSaid = this.#announcement.kind === 'text' && this.#announcement.text === text;
    this.#announcement = { kind: 'text', text: isSaid ? `${text}\u00A0` : text };
  }
}

function announcementOf({ status, tokenCount }: Message): Announcement {
  if (status === 'complete') return { kind: 'answered', tokens: tokenCount };
  return { kind: status === 'stopped' ? 'stopped' : 'none' };
}
