/** Events applied to a conversation: each returns a new one that shares every message that did not change. */
import { excerptOf, type Conversation, type Message } from '../../main/contract/chat.ts';
import type { GeneratedToken } from '../../main/contract/tokens.ts';

/** Tokens for a message that is not shown are dropped: a later snapshot brings them. */
export function addTokens(
  conversation: Conversation,
  batch: readonly { messageId: string; token: GeneratedToken }[],
): Conversation {
  const byMessage = Map.groupBy(batch, ({ messageId }) => messageId);
  const messages = conversation.messages.map((message) => {
    const tokens = byMessage.get(message.id)?.map(({ token }) => token);
    if (tokens === undefined) return message;
    return {
      ...message,
      text: message.text + tokens.map(({ text }) => text).join(''),
      ids: [...message.ids, ...tokens.map(({ id }) => id)],
      tokens: [...message.tokens, ...tokens],
      tokenCount: message.tokenCount + tokens.length,
    };
  });
  return { ...conversation, messages };
}

/** Puts the stored form of a message in its place, or at the end where it is new. */
export function replaceMessage(conversation: Conversation, stored: Message): Conversation {
  const known = conversation.messages.some(({ id }) => id === stored.id);
  const messages = known
    ? conversation.messages.map((message) => (message.id === stored.id ? stored : message))
    : [...conversation.messages, stored];
  const tree = conversation.tree.map((node) =>
    node.id === stored.id ? { ...node, status: stored.status, excerpt: excerptOf(stored.text) } : node,
  );
  return { ...conversation, messages, tree };
}
