/** A conversation of another program as one of ours: texts without ids, to be read and copied. */
import { conversationOptionsSchema } from '../../../contract/chat.ts';
import type { FileConversation } from '../../../contract/conversation-file.ts';
import { newMessage } from '../../new-message.ts';
import type { ForeignConversation } from './foreign-conversation.ts';

const titleLength = 200;

export function fromForeign(foreign: ForeignConversation): FileConversation {
  const { id, source, createdAt, updatedAt, isPinned, leafId } = foreign;
  return {
    id,
    title: foreign.title.trim().slice(0, titleLength),
    createdAt,
    updatedAt,
    folderId: null,
    pinnedAt: isPinned ? updatedAt : null,
    source,
    isReadOnly: true,
    options: conversationOptionsSchema.parse({}),
    shownLeafId: leafId,
    messages: foreign.messages.map((message) => {
      const { conversationId: _conversation, ...empty } = newMessage(id, message.role, message.parentId);
      const { text, model } = message;
      return { ...empty, id: message.id, text, model, createdAt: message.createdAt, receipt: null };
    }),
  };
}
