/** Counts what became of each part of a file that is taken in. */
import type { ImportedKind, ImportReport, SkippedPart } from '../../../contract/conversation-import.ts';
import type { Taken } from './take-conversation.ts';

/** So many are named; all are counted. */
const mostNamed = { skipped: 200, underNewIds: 50 };

export class ImportTally {
  readonly #report: ImportReport;

  constructor(kind: ImportedKind) {
    this.#report = {
      kind,
      imported: 0,
      unchanged: 0,
      underNewIds: [],
      underNewIdsCount: 0,
      skipped: [],
      skippedCount: 0,
      omittedParts: 0,
      conversationId: null,
    };
  }

  /** Nothing of the file was a conversation, not even a bad one. */
  get isEmpty(): boolean {
    return this.#report.imported + this.#report.unchanged + this.#report.skippedCount === 0;
  }

  /** What the file turned out to be. */
  isOf(kind: ImportedKind): void {
    this.#report.kind = kind;
  }

  take({ how, conversationId }: Taken, title: string): void {
    const report = this.#report;
    if (how === 'unchanged') report.unchanged += 1;
    else report.imported += 1;
    if (how === 'under-new-ids') {
      report.underNewIdsCount += 1;
      if (report.underNewIds.length < mostNamed.underNewIds) report.underNewIds.push(title);
    }
    report.conversationId = report.imported + report.unchanged === 1 ? conversationId : null;
  }

  skip(part: SkippedPart): void {
    this.#report.skippedCount += 1;
    if (this.#report.skipped.length < mostNamed.skipped) this.#report.skipped.push(part);
  }

  omit(parts: number): void {
    this.#report.omittedParts += parts;
  }

  report(): ImportReport {
    return this.#report;
  }
}
