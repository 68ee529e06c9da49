/** The user's prompt templates, as the main side keeps them. */
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { PromptTemplate } from '../../../main/contract/prompt-templates.ts';
import type { Connection } from '../../connection/connection.ts';
import { toErrorReport } from '../../rpc.ts';

export class PromptTemplates {
  readonly #connection: Connection;
  #all = $state.raw<readonly PromptTemplate[]>([]);
  #error = $state.raw<ErrorReport | null>(null);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** By name; empty until they were read. */
  get all(): readonly PromptTemplate[] {
    return this.#all;
  }

  get error(): ErrorReport | null {
    return this.#error;
  }

  async refresh(): Promise<void> {
    await this.#try(() => Promise.resolve());
  }

  /** A new one where `id` is `null`. Returns it, or `null` where it was not stored. */
  save(template: { id: string | null; name: string; text: string }): Promise<PromptTemplate | null> {
    return this.#try((templates) => templates.save(template));
  }

  /** Returns whether it was deleted; `save` with its id brings it back. */
  async remove(id: string): Promise<boolean> {
    return (await this.#try(async (templates) => (await templates.remove({ id }), true))) ?? false;
  }

  async #try<Result>(
    change: (templates: Connection['client']['promptTemplates']) => Promise<Result>,
  ): Promise<Result | null> {
    const { promptTemplates } = this.#connection.client;
    this.#error = null;
    try {
      const result = await change(promptTemplates);
      this.#all = await promptTemplates.list();
      return result;
    } catch (thrown) {
      this.#error = toErrorReport(thrown);
      return null;
    }
  }
}
