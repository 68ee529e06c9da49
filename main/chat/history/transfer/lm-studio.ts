/**
 * A conversation file of LM Studio (`*.conversation.json`): a list of messages, each with the versions that were made of it and the
 * one that is selected. A version of the user's is a list of content parts, one of the model's a list of steps. Earlier versions of
 * the program wrote `{ messages: [{ role, content }] }`. The format is not documented by its maker.
 */
import { z } from 'zod';
import { derivedId, type ForeignConversation, type ForeignMessage } from './foreign-conversation.ts';
import { lmStudioVersion } from './lm-studio-version.ts';

const fileSchema = z.object({
  name: z.string().nullish(),
  title: z.string().nullish(),
  pinned: z.boolean().nullish(),
  /** Milliseconds since 1970, as the other times. */
  createdAt: z.number().nullish(),
  userLastMessagedAt: z.number().nullish(),
  assistantLastMessagedAt: z.number().nullish(),
  systemPrompt: z.string().nullish(),
  lastUsedModel: z.object({ identifier: z.string().nullish() }).nullish(),
  messages: z.array(z.unknown()),
});

const messageSchema = z.object({ versions: z.array(z.unknown()).min(1), currentlySelected: z.number().nullish() });

/** @throws z.ZodError where it is not such a file */
export function lmStudioConversation(value: unknown): ForeignConversation {
  const file = fileSchema.parse(value);
  const createdAt = file.createdAt ?? 0;
  const entries = file.messages.map((message) => {
    const { data } = messageSchema.safeParse(message);
    const versions = (data?.versions ?? [message]).map(lmStudioVersion);
    return { versions, selected: versions[data?.currentlySelected ?? 0] ?? versions[0] };
  });
  // The files have no id; when it was begun and the first words stay what they are while it grows and is renamed.
  const firstWords = entries[0]?.versions[0]?.text ?? '';
  const id = derivedId('lm-studio', createdAt, firstWords.slice(0, 1_000));
  const messages: ForeignMessage[] = [];
  let parentId: string | null = null;
  const append = (place: string, message: Pick<ForeignMessage, 'role' | 'text' | 'model'>, at: number | null) => {
    const { role, text, model } = message;
    const added: ForeignMessage = { id: derivedId(id, place), parentId, role, text, model, createdAt: at ?? createdAt };
    messages.push(added);
    return added.id;
  };
  if (typeof file.systemPrompt === 'string' && file.systemPrompt.trim() !== '') {
    parentId = append('system', { role: 'system', text: file.systemPrompt, model: null }, null);
  }
  let omittedParts = 0;
  for (const [at, { versions, selected }] of entries.entries()) {
    let next: string | null = parentId;
    for (const [number, version] of versions.entries()) {
      omittedParts += version.role === null ? Math.max(1, version.omitted) : version.omitted;
      if (version.role === null || version.text === '') continue;
      const model = version.role === 'assistant' ? (version.model ?? file.lastUsedModel?.identifier ?? null) : null;
      const added = append(`${at}/${number}`, { role: version.role, text: version.text, model }, version.createdAt);
      if (version === selected) next = added;
    }
    parentId = next;
  }
  return {
    id,
    source: { kind: 'lm-studio', id: null },
    title: file.name ?? file.title ?? '',
    createdAt,
    updatedAt: Math.max(createdAt, file.userLastMessagedAt ?? 0, file.assistantLastMessagedAt ?? 0),
    isPinned: file.pinned ?? false,
    messages,
    leafId: parentId,
    omittedParts,
  };
}
