/**
 * Side-by-side runs in the database of the conversations: an answer's tokens are rows, written as it grows, so that a killed
 * workbench loses nothing but tokens that were not handed over yet. Every method is one short synchronous transaction.
 */
import type { DatabaseSync } from 'node:sqlite';
import { idsFromBlob, idsToBlob, inTransaction, openDatabase, tokensFromRows } from '../chat/index.ts';
import { WorkbenchError } from '../contract/errors.ts';
import type { Receipt, ReceiptHeader } from '../contract/receipt.ts';
import type { ContenderAnswer, SideBySideRun, SideBySideSummary } from '../contract/side-by-side.ts';
import type { GeneratedToken } from '../contract/tokens.ts';
import { answerFromRow, answerToRow, receiptOf, runFromRow, runToRow, summaryOf } from './run-rows.ts';

export class RunStore {
  readonly #database: DatabaseSync;

  /** `path` is that of the conversations, which may be open elsewhere in this process. */
  constructor(path: string) {
    this.#database = openDatabase(path);
    this.#recover();
  }

  close(): void {
    this.#database.close();
  }

  create(run: SideBySideRun): void {
    inTransaction(this.#database, () => {
      this.#database
        .prepare(
          'INSERT INTO side_by_side_run (id, created_at, status, data) VALUES ($id, $created_at, $status, $data)',
        )
        .run(runToRow(run));
      const insert = this.#database.prepare(
        'INSERT INTO side_by_side_answer (run_id, position, data) VALUES (?, ?, ?)',
      );
      for (const [position, answer] of run.answers.entries()) insert.run(run.id, position, answerToRow(answer));
    });
  }

  /** Everything of the run itself, not of its answers. */
  update(run: SideBySideRun): void {
    this.#database
      .prepare('UPDATE side_by_side_run SET created_at = $created_at, status = $status, data = $data WHERE id = $id')
      .run(runToRow(run));
  }

  /** Everything of an answer but its tokens. */
  updateAnswer(runId: string, position: number, answer: ContenderAnswer): void {
    this.#database
      .prepare('UPDATE side_by_side_answer SET data = ? WHERE run_id = ? AND position = ?')
      .run(answerToRow(answer), runId, position);
  }

  /** What its receipt needs, from the moment that an answer begins. */
  keepReceipt(runId: string, position: number, promptIds: readonly number[], header: ReceiptHeader): void {
    this.#database
      .prepare('UPDATE side_by_side_answer SET prompt_ids = ?, header = ? WHERE run_id = ? AND position = ?')
      .run(idsToBlob(promptIds), JSON.stringify(header), runId, position);
  }

  /** Tokens from `from` on. */
  appendTokens(runId: string, position: number, from: number, tokens: readonly GeneratedToken[]): void {
    const insert = this.#database.prepare(
      'INSERT INTO side_by_side_token (run_id, position, token_position, data) VALUES (?, ?, ?, ?)',
    );
    inTransaction(this.#database, () => {
      for (const [index, token] of tokens.entries()) insert.run(runId, position, from + index, JSON.stringify(token));
    });
  }

  list(): SideBySideSummary[] {
    const rows = this.#database.prepare(
      `SELECT *, (SELECT count(*) FROM side_by_side_answer WHERE run_id = id) AS contender_count
       FROM side_by_side_run ORDER BY created_at DESC, id`,
    );
    return rows.all().map(summaryOf);
  }

  /** @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  run(runId: string): SideBySideRun {
    const row = this.#database.prepare('SELECT * FROM side_by_side_run WHERE id = ?').get(runId);
    if (row === undefined) throw notFound(runId);
    const answers = this.#answerRows(runId).map((answer, position) =>
      answerFromRow(answer, this.#tokens(runId, position)),
    );
    return runFromRow(row, answers);
  }

  /** `null` where nothing was kept, or the answer came to no end of its own. @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  receipt(runId: string, position: number): Receipt | null {
    const { createdAt, answers } = this.run(runId);
    const row = this.#answerRows(runId)[position];
    const answer = answers[position];
    if (row === undefined || answer === undefined) throw notFound(`${runId}, answer ${position}`);
    const { prompt_ids: promptIds, header } = row;
    if (!(promptIds instanceof Uint8Array) || typeof header !== 'string') return null;
    return receiptOf(answer, createdAt, idsFromBlob(promptIds), header);
  }

  /** @throws WorkbenchError `COMPARISON_NOT_FOUND` */
  remove(runId: string): void {
    const { changes } = this.#database.prepare('DELETE FROM side_by_side_run WHERE id = ?').run(runId);
    if (changes === 0) throw notFound(runId);
  }

  #answerRows(runId: string): Record<string, unknown>[] {
    return this.#database.prepare('SELECT * FROM side_by_side_answer WHERE run_id = ? ORDER BY position').all(runId);
  }

  #tokens(runId: string, position: number): GeneratedToken[] {
    const rows = this.#database
      .prepare('SELECT data FROM side_by_side_token WHERE run_id = ? AND position = ? ORDER BY token_position')
      .all(runId, position);
    return tokensFromRows(rows);
  }

  /** Runs that were under way when the workbench ended: kept as far as they were stored, and marked. */
  #recover(): void {
    const rows = this.#database
      .prepare("SELECT id FROM side_by_side_run WHERE status IN ('running', 'restoring')")
      .all();
    for (const { id } of rows) {
      const run = this.run(String(id));
      for (const [position, answer] of run.answers.entries()) {
        if (!isUnderWay(answer)) continue;
        const text = answer.tokens.map((token) => token.text).join('');
        this.updateAnswer(run.id, position, { ...answer, text, status: 'interrupted' });
      }
      this.update({ ...run, status: 'interrupted' });
    }
  }
}

function isUnderWay({ status }: ContenderAnswer): boolean {
  return status === 'waiting' || status === 'loading' || status === 'answering';
}

function notFound(runId: string): WorkbenchError {
  return new WorkbenchError('COMPARISON_NOT_FOUND', `There is no side-by-side run ${runId}.`, {
    action: 'It may have been deleted in another window: choose one from the list.',
    details: { runId },
  });
}
