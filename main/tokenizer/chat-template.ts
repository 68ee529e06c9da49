/** A model's chat template (Jinja, in tokenizer_config.json or chat_template.jinja), parsed once and rendered as transformers does. */
import { join } from 'node:path';
import { Template } from '@huggingface/jinja';
import { z } from 'zod';
import { WorkbenchError } from '../contract/errors.ts';
import { largestFile, readBounded } from '../files/read-bounded.ts';

const tokenSchema = z.union([z.string(), z.object({ content: z.string() })]).nullish();
const namedTemplatesSchema = z.array(z.object({ name: z.string(), template: z.string() }));
const configSchema = z.looseObject({
  chat_template: z.union([z.string(), namedTemplatesSchema]).nullish(),
  bos_token: tokenSchema,
  eos_token: tokenSchema,
  pad_token: tokenSchema,
  unk_token: tokenSchema,
});

export interface ChatMessage {
  role: string;
  content: string;
}

export class ChatTemplate {
  readonly #template: Template;
  readonly #variables: Record<string, string>;
  readonly #path: string;

  /** @throws WorkbenchError `CHAT_TEMPLATE_INVALID` where there is none, or it does not parse. */
  static async load(folder: string): Promise<ChatTemplate> {
    const { path, source, variables } = await readChatTemplate(folder);
    if (source === null) throw invalidTemplate(path, 'it has no chat_template');
    return new ChatTemplate(path, source, variables);
  }

  constructor(path: string, source: string, variables: Record<string, string>) {
    this.#path = path;
    this.#variables = variables;
    try {
      this.#template = new Template(source);
    } catch (cause) {
      throw invalidTemplate(path, `its chat_template does not parse: ${messageOf(cause)}`, cause);
    }
  }

  /** @throws WorkbenchError `CHAT_TEMPLATE_INVALID` where the template refuses these messages. */
  render(messages: readonly ChatMessage[], addGenerationPrompt: boolean): string {
    try {
      return this.#template.render({
        ...this.#variables,
        messages: [...messages],
        add_generation_prompt: addGenerationPrompt,
      });
    } catch (cause) {
      throw invalidTemplate(this.#path, `its chat_template refused the conversation: ${messageOf(cause)}`, cause);
    }
  }

  /** What to throw where the template can be rendered and is of no use. */
  unusable(reason: string): WorkbenchError {
    return invalidTemplate(this.#path, reason);
  }
}

export interface ChatTemplateFile {
  /** Of tokenizer_config.json. */
  path: string;
  /** `null` where the model has none. */
  source: string | null;
  /** The control tokens that a template may name: `bos_token` and others. */
  variables: Record<string, string>;
}

/** @throws WorkbenchError `CHAT_TEMPLATE_INVALID` where there is no usable tokenizer_config.json. */
export async function readChatTemplate(folder: string): Promise<ChatTemplateFile> {
  const path = join(folder, 'tokenizer_config.json');
  const text = await readBounded(path, largestFile.tokenizerConfig).catch((cause: unknown) => {
    throw invalidTemplate(path, 'it cannot be read', cause);
  });
  let config: z.infer<typeof configSchema>;
  try {
    config = configSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw invalidTemplate(path, 'it is not the configuration of a tokenizer', cause);
  }
  const source =
    pick(config.chat_template) ??
    (await readBounded(join(folder, 'chat_template.jinja'), largestFile.chatTemplate).catch(() => null));
  const names = ['bos_token', 'eos_token', 'pad_token', 'unk_token'] as const;
  return { path, source, variables: Object.fromEntries(names.map((name) => [name, contentOf(config[name])])) };
}

function pick(template: z.infer<typeof configSchema>['chat_template']): string | null {
  if (typeof template === 'string') return template;
  const named = template ?? [];
  return (named.find(({ name }) => name === 'default') ?? named[0])?.template ?? null;
}

function contentOf(token: z.infer<typeof tokenSchema>): string {
  return (typeof token === 'string' ? token : token?.content) ?? '';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function invalidTemplate(path: string, reason: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('CHAT_TEMPLATE_INVALID', `${path} gives no usable chat template: ${reason}.`, {
    action: 'Use an instruct model, or put its chat template into tokenizer_config.json.',
    details: { path, reason },
    cause,
  });
}
