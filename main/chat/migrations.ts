/**
 * The history's schema, one step a version (`PRAGMA user_version`). Steps are never edited once released: a change is a
 * new step. A token is a row of its own, so that a long answer is stored as it grows, without rewriting it.
 */
import { searchMigration } from './history/search-migration.ts';

export const migrations: readonly string[] = [
  `
  CREATE TABLE conversation (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- The last message of the branch that is shown.
    leaf_id TEXT
  ) STRICT;

  CREATE TABLE message (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    parent_id TEXT REFERENCES message (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    ids BLOB NOT NULL,
    status TEXT NOT NULL,
    error TEXT,
    model TEXT,
    tokenizer TEXT,
    sampling TEXT,
    finish_reason TEXT,
    statistics TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX message_of_conversation ON message (conversation_id);
  CREATE INDEX message_of_parent ON message (parent_id);

  CREATE TABLE token (
    message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- A GeneratedToken of the contract, as JSON.
    data TEXT NOT NULL,
    PRIMARY KEY (message_id, position)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What of the conversation an answer was not fed, as JSON.
  ALTER TABLE message ADD COLUMN context TEXT;
  `,
  `
  -- What it takes to compute an answer again, beside what its message has. A table of its own: a conversation is read often, this
  -- hardly ever.
  CREATE TABLE receipt (
    message_id TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    -- As the ids of messages.
    prompt_ids BLOB NOT NULL,
    -- A ReceiptHeader of the contract, as JSON.
    header TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- A tree that is never overwritten: other wordings and answers stand beside each other, what is removed can be brought back.
  ALTER TABLE message ADD COLUMN prefill TEXT NOT NULL DEFAULT '';
  ALTER TABLE message ADD COLUMN taken_tokens INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE message ADD COLUMN edited_from TEXT;
  -- The Attachments of the contract, as JSON; NULL where there are none.
  ALTER TABLE message ADD COLUMN attachments TEXT;
  ALTER TABLE message ADD COLUMN system_prompt TEXT;
  ALTER TABLE message ADD COLUMN mode TEXT NOT NULL DEFAULT 'chat';
  -- The message with whose removal this one went out of sight.
  ALTER TABLE message ADD COLUMN removed_with TEXT;
  CREATE INDEX message_removed_with ON message (removed_with) WHERE removed_with IS NOT NULL;
  -- ConversationOptions of the contract, as JSON; NULL: all as usual.
  ALTER TABLE conversation ADD COLUMN options TEXT;
  ALTER TABLE conversation ADD COLUMN is_read_only INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- Runs of one prompt through several contenders (main/side-by-side); they belong to no conversation.
  CREATE TABLE side_by_side_run (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    -- Prompt, seed and what went wrong with the run itself, as JSON.
    data TEXT NOT NULL
  ) STRICT;

  CREATE TABLE side_by_side_answer (
    run_id TEXT NOT NULL REFERENCES side_by_side_run (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- A ContenderAnswer of the contract without its tokens, as JSON.
    data TEXT NOT NULL,
    -- Ids as in messages, and a ReceiptHeader as JSON; null where there is no receipt.
    prompt_ids BLOB,
    header TEXT,
    PRIMARY KEY (run_id, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE side_by_side_token (
    run_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    token_position INTEGER NOT NULL,
    -- A GeneratedToken of the contract, as JSON.
    data TEXT NOT NULL,
    PRIMARY KEY (run_id, position, token_position),
    FOREIGN KEY (run_id, position) REFERENCES side_by_side_answer (run_id, position) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- How many of the last ids of the prompt the answer itself begins with.
  ALTER TABLE receipt ADD COLUMN given_tokens INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE folder (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  ALTER TABLE conversation ADD COLUMN folder_id TEXT REFERENCES folder (id) ON DELETE SET NULL;
  CREATE INDEX conversation_of_folder ON conversation (folder_id) WHERE folder_id IS NOT NULL;
  ALTER TABLE conversation ADD COLUMN pinned_at INTEGER;
  -- A ConversationSource of the contract, as JSON; NULL: begun here.
  ALTER TABLE conversation ADD COLUMN source TEXT;
  -- The list counts messages of each conversation: from the index alone.
  DROP INDEX message_of_conversation;
  CREATE INDEX message_of_conversation ON message (conversation_id, removed_with);
  `,
  searchMigration,
  `
  -- What is written and not sent; the empty id is the conversation that has not begun, so no foreign key.
  CREATE TABLE draft (
    conversation_id TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    prefill TEXT NOT NULL,
    -- The Attachments of the contract, as JSON.
    attachments TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER draft_of_deleted_conversation AFTER DELETE ON conversation
  BEGIN DELETE FROM draft WHERE conversation_id = OLD.id; END;

  -- Texts with variables for messages to come.
  CREATE TABLE prompt_template (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  `,
];
