/**
 * The step of the schema that makes titles and messages searchable (https://sqlite.org/fts5.html). One table of the index holds both;
 * an entry says what a text is of. Triggers keep it, so that nothing that writes the history can forget to. Never edited once
 * released, as every step; `SearchIndex.rebuild` makes the same anew.
 */
export const searchMigration = `
  CREATE TABLE search_entry (
    id INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    -- NULL: the entry is the title's.
    message_id TEXT UNIQUE REFERENCES message (id) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX search_entry_of_conversation ON search_entry (conversation_id, message_id);
  CREATE VIRTUAL TABLE search_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

  INSERT INTO search_entry (conversation_id, message_id)
    SELECT id, NULL FROM conversation WHERE title <> ''
    UNION ALL SELECT conversation_id, id FROM message WHERE status <> 'streaming' AND removed_with IS NULL;
  INSERT INTO search_text (rowid, text)
    SELECT search_entry.id, iif(message_id IS NULL, title, message.text) FROM search_entry
    JOIN conversation ON conversation.id = search_entry.conversation_id
    LEFT JOIN message ON message.id = message_id;

  CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
    DELETE FROM search_text WHERE rowid = OLD.id;
  END;
  CREATE TRIGGER search_title_added AFTER INSERT ON conversation WHEN NEW.title <> '' BEGIN
    INSERT INTO search_entry (conversation_id) VALUES (NEW.id);
    INSERT INTO search_text (rowid, text)
      SELECT id, NEW.title FROM search_entry WHERE conversation_id = NEW.id AND message_id IS NULL;
  END;
  CREATE TRIGGER search_title_changed AFTER UPDATE OF title ON conversation WHEN OLD.title <> NEW.title BEGIN
    DELETE FROM search_entry WHERE conversation_id = NEW.id AND message_id IS NULL;
    INSERT INTO search_entry (conversation_id) SELECT NEW.id WHERE NEW.title <> '';
    INSERT INTO search_text (rowid, text)
      SELECT id, NEW.title FROM search_entry WHERE conversation_id = NEW.id AND message_id IS NULL;
  END;
  -- An answer that is being written is not indexed: it is when it has ended.
  CREATE TRIGGER search_message_added AFTER INSERT ON message
  WHEN NEW.status <> 'streaming' AND NEW.removed_with IS NULL BEGIN
    INSERT INTO search_entry (conversation_id, message_id) VALUES (NEW.conversation_id, NEW.id);
    INSERT INTO search_text (rowid, text) SELECT id, NEW.text FROM search_entry WHERE message_id = NEW.id;
  END;
  CREATE TRIGGER search_message_changed AFTER UPDATE OF text, status, removed_with ON message
  WHEN OLD.text <> NEW.text OR OLD.removed_with IS NOT NEW.removed_with
    OR (OLD.status = 'streaming') <> (NEW.status = 'streaming') BEGIN
    DELETE FROM search_entry WHERE message_id = NEW.id;
    INSERT INTO search_entry (conversation_id, message_id)
      SELECT NEW.conversation_id, NEW.id WHERE NEW.status <> 'streaming' AND NEW.removed_with IS NULL;
    INSERT INTO search_text (rowid, text) SELECT id, NEW.text FROM search_entry WHERE message_id = NEW.id;
  END;
`;
