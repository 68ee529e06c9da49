/** Files on their way into a draft: read one after the other, put in, or kept here with the reason why not. */
import type { Attachment } from '../../../main/contract/chat.ts';
import { readAttachment, type ReadAttachment } from './read-attachment.ts';

export type Refusal = Exclude<ReadAttachment, { kind: 'text' }> | { kind: 'no-room'; name: string };

export class AttachmentIntake {
  readonly #attach: (attachment: Attachment) => boolean;
  #refused = $state.raw<readonly Refusal[]>([]);

  /** `attach` returns whether there was room. */
  constructor(attach: (attachment: Attachment) => boolean) {
    this.#attach = attach;
  }

  get refused(): readonly Refusal[] {
    return this.#refused;
  }

  async add(files: readonly File[]): Promise<void> {
    this.#refused = [];
    for (const file of files) {
      const read = await readAttachment(file);
      if (read.kind === 'text') this.#put(read);
      else this.#refused = [...this.#refused, read];
    }
  }

  /** Takes a file that is not UTF-8 as what it would be in Windows-1252. */
  acceptAs1252(refusal: Extract<Refusal, { kind: 'not-utf8' }>): void {
    this.dismiss(refusal);
    this.#put({ name: refusal.name, text: refusal.windows1252 });
  }

  dismiss(refusal: Refusal): void {
    this.#refused = this.#refused.filter((other) => other !== refusal);
  }

  #put({ name, text }: Attachment): void {
    if (!this.#attach({ name, text })) this.#refused = [...this.#refused, { kind: 'no-room', name }];
  }
}
