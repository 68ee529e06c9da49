/**
 * A conversation of ChatGPT's data export (an element of conversations.json): `mapping` is a tree of nodes, of which those count that
 * somebody wrote to somebody; what lies between them (calls of tools, their results, hidden context) is left out and counted, and
 * what hangs below goes to the next one above. The format is not documented by its maker: everything but the tree is optional here.
 */
import { z } from 'zod';
import { chatgptMessageText } from './chatgpt-message.ts';
import { derivedId, type ForeignConversation, type ForeignMessage } from './foreign-conversation.ts';

const nodeSchema = z.object({
  parent: z.string().nullish(),
  children: z.array(z.string()).default([]),
  message: z.unknown(),
});
type Node = z.infer<typeof nodeSchema>;

const conversationSchema = z.object({
  id: z.string().nullish(),
  conversation_id: z.string().nullish(),
  title: z.string().nullish(),
  /** Seconds since 1970. */
  create_time: z.number().nullish(),
  update_time: z.number().nullish(),
  current_node: z.string().nullish(),
  is_starred: z.boolean().nullish(),
  mapping: z.record(z.string(), nodeSchema),
});

/** @throws z.ZodError where it is not such a conversation */
export function chatgptConversation(value: unknown): ForeignConversation {
  const conversation = conversationSchema.parse(value);
  const { mapping } = conversation;
  const ownId = conversation.conversation_id ?? conversation.id ?? null;
  const createdAt = Math.round((conversation.create_time ?? 0) * 1_000);
  const id = derivedId('chatgpt', ownId ?? JSON.stringify([conversation.title, createdAt]));
  const messages: ForeignMessage[] = [];
  /** What stands for a node: its own message, or the nearest one above. */
  const standsFor = new Map<string, ForeignMessage | null>();
  let omittedParts = 0;
  for (const [nodeId, node] of parentsFirst(mapping)) {
    const above = standsFor.get(node.parent ?? '') ?? null;
    const { role, text, model, createdAt: writtenAt, omitted } = chatgptMessageText(node.message);
    omittedParts += omitted;
    if (role === null || text === '') {
      standsFor.set(nodeId, above);
      continue;
    }
    if (above?.role === 'assistant' && role === 'assistant' && isOnlyChild(mapping, node)) {
      // One answer in several pieces, with calls of tools between them.
      above.text += `\n\n${text}`;
      standsFor.set(nodeId, above);
      continue;
    }
    const message: ForeignMessage = {
      id: derivedId(id, nodeId),
      parentId: above?.id ?? null,
      role,
      text,
      model,
      createdAt: writtenAt ?? createdAt,
    };
    messages.push(message);
    standsFor.set(nodeId, message);
  }
  const shown = standsFor.get(conversation.current_node ?? '');
  return {
    id,
    source: { kind: 'chatgpt', id: ownId },
    title: conversation.title ?? '',
    createdAt,
    updatedAt: Math.round((conversation.update_time ?? conversation.create_time ?? 0) * 1_000),
    isPinned: conversation.is_starred ?? false,
    messages,
    leafId: shown?.id ?? messages.at(-1)?.id ?? null,
    omittedParts,
  };
}

/** From the roots down, siblings in their order; a circle has no root and is left out. */
function* parentsFirst(mapping: Record<string, Node>): Generator<[string, Node]> {
  const open = Object.keys(mapping).filter((id) => {
    const parent = mapping[id]?.parent;
    return mapping[parent ?? ''] === undefined;
  });
  open.reverse();
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = mapping[id];
    if (node === undefined || seen.has(id)) continue;
    seen.add(id);
    yield [id, node];
    for (const child of node.children.toReversed()) if (mapping[child]?.parent === id) open.push(child);
  }
}

function isOnlyChild(mapping: Record<string, Node>, node: Node): boolean {
  return (mapping[node.parent ?? '']?.children.length ?? 2) <= 1;
}
