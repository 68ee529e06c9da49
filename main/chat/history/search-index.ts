/**
 * Finds words in titles and messages, with FTS5. What is indexed is kept by triggers of the schema (`migrations.ts`): a message once it
 * has ended, so that an answer being written costs the index nothing.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { SearchHit, SearchResult } from '../../contract/chat-history.ts';
import { summaryColumns, summaryFromRow } from '../summary-row.ts';
import { inTransaction } from '../transaction.ts';
import { markEnd, markStart, readMarks } from './marked-text.ts';
import { searchQuery } from './search-query.ts';

/** Ranking more places takes longer than anyone waits between two keys; the newest are ranked, and it is said. */
const mostRanked = 10_000;
/** Tokens of a snippet; FTS5 allows 64. */
const snippetTokens = 24;
const corruptIndex = 267; // SQLITE_CORRUPT_VTAB
const dayMs = 86_400_000;

const placeSchema = z.object({
  conversationId: z.string(),
  messageId: z.string().nullable(),
  entry: z.number(),
  matchCount: z.number(),
});
type Place = z.infer<typeof placeSchema>;

export class SearchIndex {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** `now` in milliseconds since 1970: of two places that fit alike, the one of the younger conversation comes first. */
  search(typed: string, limit: number, now = Date.now()): SearchResult {
    const query = searchQuery(typed);
    if (query === null) return { hits: [], conversationCount: 0, rankedOnly: null };
    try {
      return this.#search(query, limit, now);
    } catch (error) {
      if (!isCorruptIndex(error)) throw error;
      this.rebuild();
      return this.#search(query, limit, now);
    }
  }

  /** Makes the index anew from what is stored: nothing of the history is lost with it. */
  rebuild(): void {
    inTransaction(this.#database, () => this.#database.exec(rebuildStatements));
  }

  #search(query: string, limit: number, now: number): SearchResult {
    const places = this.#database
      .prepare(placesStatement)
      .all({ query, now, limit, most: mostRanked })
      .map((row) => ({ ...placeSchema.parse(row), total: Number(row.total), ranked: Number(row.ranked) }));
    const [first] = places;
    return {
      hits: places.map((place) => this.#hit(place, query)),
      conversationCount: first?.total ?? 0,
      rankedOnly: first !== undefined && first.ranked >= mostRanked ? mostRanked : null,
    };
  }

  #hit({ conversationId, messageId, entry, matchCount }: Place, query: string): SearchHit {
    const row = this.#database.prepare(`SELECT ${summaryColumns} FROM conversation WHERE id = ?`).get(conversationId);
    const conversation = summaryFromRow(row);
    const title = this.#database.prepare(titleStatement).get({ query, conversationId, markStart, markEnd });
    const snippet =
      messageId === null
        ? undefined
        : this.#database.prepare(snippetStatement).get({ query, entry, markStart, markEnd });
    return {
      conversation,
      title: title === undefined ? { text: conversation.title, marks: [] } : readMarks(String(title.text)),
      messageId,
      snippet: snippet === undefined ? null : readMarks(String(snippet.text)),
      matchCount,
    };
  }
}

/** Of each conversation the place that fits best. `bm25` is the more negative the better; a title counts twice, this month up to twice. */
const placesStatement = `
  WITH found AS MATERIALIZED (
    SELECT rowid AS entry, bm25(search_text) AS score FROM search_text WHERE search_text MATCH $query
    ORDER BY rowid DESC LIMIT $most
  ), place AS (
    SELECT search_entry.conversation_id AS conversationId, message_id AS messageId, entry,
      min(score * iif(message_id IS NULL, 2, 1)
        * (1 + 1 / (1 + max(0, $now - conversation.updated_at) / ${30 * dayMs}.0))) AS best,
      count(*) AS matchCount
    FROM found
    JOIN search_entry ON search_entry.id = entry
    JOIN conversation ON conversation.id = search_entry.conversation_id
    GROUP BY search_entry.conversation_id
  )
  SELECT conversationId, messageId, entry, matchCount,
    (SELECT count(*) FROM place) AS total, (SELECT count(*) FROM found) AS ranked
  FROM place ORDER BY best, entry DESC LIMIT $limit`;

const titleStatement = `
  SELECT highlight(search_text, 0, $markStart, $markEnd) AS text FROM search_text
  WHERE search_text MATCH $query
    AND rowid = (SELECT id FROM search_entry WHERE conversation_id = $conversationId AND message_id IS NULL)`;

const snippetStatement = `
  SELECT snippet(search_text, 0, $markStart, $markEnd, '…', ${snippetTokens}) AS text FROM search_text
  WHERE search_text MATCH $query AND rowid = $entry`;

const rebuildStatements = `
  DROP TABLE search_text;
  CREATE VIRTUAL TABLE search_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
  DELETE FROM search_entry;
  INSERT INTO search_entry (conversation_id, message_id)
    SELECT id, NULL FROM conversation WHERE title <> ''
    UNION ALL SELECT conversation_id, id FROM message WHERE status <> 'streaming' AND removed_with IS NULL;
  INSERT INTO search_text (rowid, text)
    SELECT search_entry.id, iif(message_id IS NULL, title, message.text) FROM search_entry
    JOIN conversation ON conversation.id = search_entry.conversation_id
    LEFT JOIN message ON message.id = message_id`;

function isCorruptIndex(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === corruptIndex;
}
