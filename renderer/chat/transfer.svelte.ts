/** Conversations that go out as a file, and files of conversations that come in: one at a time, with progress, to be stopped. */
import type { ExportFormat, ExportScope } from '../../main/contract/chat-history.ts';
import type { ImportReport } from '../../main/contract/conversation-import.ts';
import type { ErrorReport } from '../../main/contract/errors.ts';
import type { Progress } from '../../main/contract/progress.ts';
import type { Connection } from '../connection/connection.ts';
import type { Host } from '../host.ts';
import type { Language } from '../i18n/language.ts';
import { toErrorReport } from '../rpc.ts';

export type TransferWork = { type: 'export' } | { type: 'import'; fileName: string };

export interface TransferEvents {
  exported: (file: { name: string; content: Blob; mediaType: string; conversationCount: number }) => void;
  /** An import has ended, also one that was stopped or failed: conversations may be there that were not. */
  imported: () => void;
}

export class Transfer {
  readonly #connection: Connection;
  readonly #pathForFile: Host['pathForFile'];
  readonly #events: TransferEvents;
  #work = $state.raw<TransferWork | null>(null);
  #progress = $state.raw<Progress | null>(null);
  #report = $state.raw<ImportReport | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #running: AbortController | null = null;

  constructor(connection: Connection, pathForFile: Host['pathForFile'], events: TransferEvents) {
    this.#connection = connection;
    this.#pathForFile = pathForFile;
    this.#events = events;
  }

  /** What is under way. */
  get work(): TransferWork | null {
    return this.#work;
  }

  get progress(): Progress | null {
    return this.#progress;
  }

  /** Of the last import, until it is dismissed. */
  get report(): ImportReport | null {
    return this.#report;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  dismiss(): void {
    this.#report = null;
    this.#error = null;
  }

  stop(): void {
    this.#running?.abort();
  }

  async export(scope: ExportScope, format: ExportFormat, language: Language): Promise<void> {
    await this.#run({ type: 'export' }, async (signal) => {
      const pieces: string[] = [];
      const input = { scope, format, language };
      for await (const event of await this.#connection.client.chat.history.export(input, { signal })) {
        if (event.type === 'text') {
          pieces.push(event.text);
          this.#progress = event.progress;
          continue;
        }
        const { fileName: name, mediaType, conversationCount } = event;
        this.#events.exported({ name, content: new Blob(pieces, { type: mediaType }), mediaType, conversationCount });
      }
    });
  }

  async importFile(file: File): Promise<void> {
    await this.#run({ type: 'import', fileName: file.name }, async (signal) => {
      const path = await this.#pathForFile(file, signal);
      for await (const event of await this.#connection.client.chat.history.import({ path }, { signal })) {
        if (event.type === 'progress') this.#progress = event.progress;
        else this.#report = event.report;
      }
    });
  }

  async #run(work: TransferWork, body: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#running !== null) return;
    const running = new AbortController();
    this.#running = running;
    this.#work = work;
    this.#progress = null;
    this.dismiss();
    try {
      await body(running.signal);
    } catch (thrown) {
      if (!running.signal.aborted) this.#error = toErrorReport(thrown);
    } finally {
      this.#running = null;
      this.#work = null;
      if (work.type === 'import') this.#events.imported();
    }
  }
}
