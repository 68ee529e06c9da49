/** The user's prompt templates in the database of the conversations. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { PromptTemplate } from '../../contract/prompt-templates.ts';

export class PromptTemplateStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** By name, whatever the case and the accents. */
  list(): PromptTemplate[] {
    const rows = this.#database.prepare('SELECT id, name, text, updated_at AS updatedAt FROM prompt_template').all();
    const templates = rows.map((row) => ({ ...row }) as unknown as PromptTemplate);
    const { compare } = new Intl.Collator(['fr', 'en'], { sensitivity: 'base', numeric: true });
    return templates.sort((a, b) => compare(a.name, b.name) || a.updatedAt - b.updatedAt);
  }

  /** A new one where `id` is `null`, else the one with that id as it is now. */
  save({ id, name, text }: { id: string | null; name: string; text: string }): PromptTemplate {
    const template = { id: id ?? randomUUID(), name, text, updatedAt: Date.now() };
    this.#database
      .prepare(
        `INSERT INTO prompt_template (id, name, text, updated_at) VALUES ($id, $name, $text, $updatedAt)
         ON CONFLICT (id) DO UPDATE SET name = $name, text = $text, updated_at = $updatedAt`,
      )
      .run(template);
    return template;
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM prompt_template WHERE id = ?').run(id);
  }
}
