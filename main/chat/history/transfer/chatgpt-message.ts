/** The text of one message of ChatGPT's export, as far as a person wrote or read it. */
import { z } from 'zod';
import type { Role } from '../../../contract/engine.ts';

const messageSchema = z.object({
  author: z.object({ role: z.string() }),
  create_time: z.number().nullish(),
  recipient: z.string().nullish(),
  content: z.object({
    content_type: z.string(),
    parts: z.array(z.unknown()).nullish(),
    text: z.string().nullish(),
    language: z.string().nullish(),
  }),
  metadata: z
    .object({
      model_slug: z.string().nullish(),
      is_visually_hidden_from_conversation: z.boolean().nullish(),
    })
    .nullish(),
});
type ChatgptMessage = z.infer<typeof messageSchema>;

/** A part of a message that is text although it is an object: what was said aloud. */
const spokenSchema = z.object({ content_type: z.literal('audio_transcription'), text: z.string() });

export interface ChatgptMessageText {
  /** `null` where nobody is spoken to. */
  role: Role | null;
  text: string;
  model: string | null;
  /** Milliseconds since 1970. */
  createdAt: number | null;
  omitted: number;
}

const nothing: ChatgptMessageText = { role: null, text: '', model: null, createdAt: null, omitted: 0 };

/** Of the `message` of a node, which is absent at the root. */
export function chatgptMessageText(value: unknown): ChatgptMessageText {
  if (value === null || value === undefined) return nothing;
  const parsed = messageSchema.safeParse(value);
  if (!parsed.success) return { ...nothing, omitted: 1 };
  const message = parsed.data;
  if (message.metadata?.is_visually_hidden_from_conversation === true) return nothing;
  const role = roleOf(message);
  const { text, omitted } = role === null ? { text: '', omitted: 1 } : textOf(message);
  const createdAt = typeof message.create_time === 'number' ? Math.round(message.create_time * 1_000) : null;
  return { role, text, model: message.metadata?.model_slug ?? null, createdAt, omitted };
}

function roleOf({ author, recipient }: ChatgptMessage): Role | null {
  if ((recipient ?? 'all') !== 'all') return null;
  const { role } = author;
  return role === 'user' || role === 'assistant' || role === 'system' ? role : null;
}

function textOf({ content }: ChatgptMessage): { text: string; omitted: number } {
  if (content.content_type === 'code') {
    const text = content.text ?? '';
    return { text: text === '' ? '' : `\`\`\`${content.language ?? ''}\n${text}\n\`\`\``, omitted: 0 };
  }
  if (content.content_type !== 'text' && content.content_type !== 'multimodal_text') return { text: '', omitted: 1 };
  const texts: string[] = [];
  let omitted = 0;
  for (const part of content.parts ?? []) {
    const spoken = spokenSchema.safeParse(part);
    if (typeof part === 'string') texts.push(part);
    else if (spoken.success) texts.push(spoken.data.text);
    else omitted += 1;
  }
  return { text: texts.filter((text) => text !== '').join('\n'), omitted };
}
